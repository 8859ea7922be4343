import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { Authority } from '../authority.js';
import { AssignmentsStore } from './assignments.store.js';
import type { RoleAssignment } from './role-assignment.entity.js';
import type { Role } from './role.entity.js';
import { RolesService } from './roles.service.js';

/** All roles of a user are read, and kept in memory, for a decision. */
export const MAX_ROLES_OF_A_USER = 1_000;

/** Who has which role. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly store: AssignmentsStore,
    private readonly roles: RolesService,
    private readonly users: UsersService,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * Gives a user a role; nothing happens when they have it.
   * @throws DomainError not_found (user, role), forbidden when the caller lacks one of its permissions in its scope,
   * conflict for a built-in role and for too many roles
   */
  assign(by: Principal, userId: string, roleId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.users.get(by, userId);
      const role = await this.roles.get(by, roleId);
      if (role.builtIn) throw new DomainError('conflict', 'role', 'A built-in role comes with being one.');
      await this.authority.assertHolds(by, role.permissions, { type: role.scopeType, id: role.scopeId });
      await this.store.lock(userId);
      if (!(await this.store.insert({ userId, roleId, createdAt: this.clock.now() }))) return;
      if ((await this.store.count(userId)) > MAX_ROLES_OF_A_USER) {
        throw new DomainError('conflict', 'role', `A user has at most ${MAX_ROLES_OF_A_USER} roles.`);
      }
      await this.announce(by, userId, roleId, 'role.assigned');
    });
  }

  /** Takes a role from a user, within two seconds; nothing happens when they do not have it. @throws DomainError not_found */
  unassign(by: Principal, userId: string, roleId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.users.get(by, userId);
      await this.roles.get(by, roleId);
      if (await this.store.remove(userId, roleId)) {
        await this.announce(by, userId, roleId, 'role.unassigned');
      }
    });
  }

  /** The roles that a user was given. @throws DomainError not_found */
  async rolesOf(by: Principal, userId: string, request: PageRequest): Promise<Page<Role>> {
    await this.users.get(by, userId);
    return this.store.rolesOf(by.accountId, userId, request);
  }

  /** Who was given a role. @throws DomainError not_found */
  async usersOf(by: Principal, roleId: string, request: PageRequest): Promise<Page<RoleAssignment>> {
    await this.roles.get(by, roleId);
    return this.store.usersOf(roleId, request);
  }

  private async announce(by: Principal, userId: string, roleId: string, type: string): Promise<void> {
    await this.changes.announce('scopes', userId);
    await this.events.append([
      { type, accountId: by.accountId, actor: by, subjectId: userId, data: { roleId } },
    ]);
  }
}
