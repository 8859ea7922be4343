import { Injectable } from '@nestjs/common';
import type { Principal, SystemPrincipal } from '#libs/accounts/principal.js';
import type { UserRole } from '#libs/accounts/user.entity.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { Authority } from '../authority.js';
import { covers } from '../permission-nodes.js';
import { Permission } from '../permission.js';
import type { Scope } from '../scope.js';
import type { Role } from './role.entity.js';
import { RolesStore } from './roles.store.js';

export interface NewRole {
  readonly name: string;
  readonly description?: string | null | undefined;
  /** A scope of a type other than global has an id. */
  readonly scope: Scope;
  /** Permissions and wildcards. */
  readonly permissions: readonly string[];
  readonly isDefault?: boolean | undefined;
}

/** A role's scope stays what it is: who has the role would get something else. */
export interface RoleChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly permissions?: readonly string[] | undefined;
  readonly isDefault?: boolean | undefined;
}

/** What owners and members may do. */
const BUILT_IN: Record<UserRole, { readonly name: string; readonly permissions: readonly string[] }> = {
  owner: { name: 'Owner', permissions: ['*'] },
  member: {
    name: 'Member',
    permissions: [
      Permission.AccountRead,
      Permission.ProjectsRead,
      Permission.IssuesRead,
      Permission.CategoriesRead,
    ],
  },
};

@Injectable()
export class RolesService {
  constructor(
    private readonly store: RolesStore,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** Gives a new account the roles that its owners and members have. */
  async createBuiltIn({ accountId }: SystemPrincipal): Promise<void> {
    const now = this.clock.now();
    const roles = Object.entries(BUILT_IN).map(([builtIn, { name, permissions }]) =>
      newRole(accountId, now, { name, permissions: [...permissions], builtIn: builtIn as UserRole }),
    );
    await this.store.insert(...roles);
  }

  /**
   * Makes a role; as a default it takes the place of the one that the scope had.
   * @throws DomainError forbidden when the caller lacks one of the permissions in that scope
   */
  create(by: Principal, input: NewRole): Promise<Role> {
    const { name, description = null, scope, permissions } = input;
    const isDefault = input.isDefault ?? false;
    return this.db.transaction(async () => {
      await this.authority.assertHolds(by, permissions, scope);
      await this.store.lockAll(by.accountId);
      const now = this.clock.now();
      if (isDefault) await this.store.clearDefault(by.accountId, scope, now);
      const role = newRole(by.accountId, now, {
        name,
        description,
        scopeType: scope.type,
        scopeId: scope.id,
        permissions: [...permissions],
        isDefault,
        creatorId: by.kind === 'user' ? by.id : null,
      });
      await this.store.insert(role);
      await this.announce(by, role, 'role.created');
      return role;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<Role> {
    const role = await this.store.find(by.accountId, id);
    if (!role) throw new DomainError('not_found', 'role', 'There is no role with this id.');
    return role;
  }

  /** @param scope left out: of every scope */
  page(by: Principal, scope: Scope | undefined, request: PageRequest): Promise<Page<Role>> {
    return this.store.page(by.accountId, scope, request);
  }

  /**
   * Changes a role for all who have it. Made the default, it takes the place of the one that its scope had; of two
   * that are made the default at the same moment, the later one stays.
   * @throws DomainError not_found, conflict (built in), forbidden when the caller lacks a permission that it gets, or
   * any of its permissions when it becomes the default
   */
  update(by: Principal, id: string, change: RoleChange): Promise<Role> {
    return this.db.transaction(async () => {
      await this.store.lockAll(by.accountId);
      const role = await this.changeable(by, id);
      const scope: Scope = { type: role.scopeType, id: role.scopeId };
      const permissions = change.permissions ?? role.permissions;
      const isDefault = change.isDefault ?? role.isDefault;
      const becomesDefault = isDefault && !role.isDefault;
      const given = becomesDefault
        ? permissions
        : permissions.filter((node) => !role.permissions.some((before) => covers(before, node)));
      await this.authority.assertHolds(by, given, scope);
      const now = this.clock.now();
      if (becomesDefault) await this.store.clearDefault(by.accountId, scope, now);
      const changed: Role = {
        ...role,
        name: change.name ?? role.name,
        description: change.description === undefined ? role.description : change.description,
        permissions: [...permissions],
        isDefault,
        updatedAt: nextUpdate(now, role.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, role, 'role.updated', { members: changedMembers(change) });
      return changed;
    });
  }

  /** Takes a role from all who have it, within two seconds. @throws DomainError not_found, conflict (built in) */
  remove(by: Principal, id: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.store.lockAll(by.accountId);
      const role = await this.changeable(by, id);
      await this.store.remove(by.accountId, id);
      await this.announce(by, role, 'role.removed');
    });
  }

  /**
   * Whether the caller may make somebody an owner or a member.
   * @throws DomainError forbidden when the caller lacks what owners, or members, may do
   */
  async assertMayMake(by: Principal, kind: UserRole): Promise<void> {
    const role = await this.store.builtIn(by.accountId, kind);
    await this.authority.assertHolds(by, role?.permissions ?? BUILT_IN[kind].permissions);
  }

  private async changeable(by: Principal, id: string): Promise<Role> {
    const role = await this.get(by, id);
    if (role.builtIn) throw new DomainError('conflict', 'role', 'A built-in role stays as it is.');
    return role;
  }

  private async announce(by: Principal, role: Role, type: string, data = {}): Promise<void> {
    await this.changes.announce('role', role.id);
    await this.events.append([{ type, accountId: role.accountId, actor: by, subjectId: role.id, data }]);
  }
}

/** A global role that the house made, unless `members` say otherwise. */
function newRole(
  accountId: string,
  now: Date,
  members: Pick<Role, 'name' | 'permissions'> & Partial<Role>,
): Role {
  return {
    id: uuidv7(now.getTime()),
    accountId,
    description: null,
    scopeType: 'global',
    scopeId: null,
    isDefault: false,
    builtIn: null,
    creatorId: null,
    createdAt: now,
    updatedAt: now,
    ...members,
  };
}
