import { Injectable } from '@nestjs/common';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { PasswordHasher } from '#libs/platform/crypto/password-hasher.js';
import { Database } from '#libs/platform/database/database.js';
import { emailForms } from '#libs/platform/email/normalize-email.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import type { Principal } from './principal.js';
import type { User, UserRole } from './user.entity.js';
import { UsersStore } from './users.store.js';

export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly name?: string | null | undefined;
  readonly role: UserRole;
  readonly operator?: boolean;
}

export interface UserChange {
  readonly name?: string | null | undefined;
  readonly role?: UserRole | undefined;
  readonly active?: boolean | undefined;
  readonly password?: string | undefined;
}

@Injectable()
export class UsersService {
  constructor(
    private readonly store: UsersStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hasher: PasswordHasher,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** Makes a user of `accountId`. @throws DomainError conflict when the address is in use */
  async create(by: Principal, accountId: string, input: NewUser): Promise<User> {
    const passwordHash = await this.hasher.hash(input.password);
    const { shown, normalized } = emailForms(input.email);
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const user: User = {
        id: uuidv7(now.getTime()),
        accountId,
        email: shown,
        emailNormalized: normalized,
        name: input.name ?? null,
        passwordHash,
        passwordChangedAt: now,
        role: input.role,
        operator: input.operator ?? false,
        active: true,
        createdAt: now,
        updatedAt: now,
      };
      await this.store.insert(user);
      await this.events.append([
        { type: 'user.created', accountId, actor: by, subjectId: user.id, data: { role: user.role } },
      ]);
      return user;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<User> {
    const user = await this.store.find(by.accountId, id);
    if (!user) throw new DomainError('not_found', 'user', 'There is no user with this id.');
    return user;
  }

  page(by: Principal, request: PageRequest): Promise<Page<User>> {
    return this.store.page(by.accountId, request);
  }

  /**
   * Changes a user; a new password ends every session. An account keeps at least one active owner, and who may do
   * more than the account's owners is not theirs to change.
   * @throws DomainError not_found, forbidden, conflict
   */
  async update(by: Principal, id: string, change: UserChange): Promise<User> {
    const passwordHash = change.password && (await this.hasher.hash(change.password));
    return this.db.transaction(async () => {
      const owners = await this.store.lockOwners(by.accountId);
      const user = await this.get(by, id);
      if (user.operator && by.kind === 'user' && !by.operator) {
        throw new DomainError(
          'forbidden',
          'user',
          'Only an operator of the platform may change an operator.',
        );
      }
      const role = change.role ?? user.role;
      const active = change.active ?? user.active;
      // Nor could the platform's only operator bring themselves back.
      if (user.operator && !active && by.id === id) {
        throw new DomainError('conflict', 'user', 'An operator cannot switch off their own account.');
      }
      if (owners.length === 1 && owners[0] === id && (role !== 'owner' || !active)) {
        throw new DomainError('conflict', 'user', 'An account keeps at least one active owner.');
      }
      const now = this.clock.now();
      const changed: User = {
        ...user,
        name: change.name === undefined ? user.name : change.name,
        role,
        active,
        ...(passwordHash && { passwordHash, passwordChangedAt: now }),
        updatedAt: nextUpdate(now, user.updatedAt),
      };
      await this.store.update(changed);
      await this.changes.announce('user', id);
      await this.events.append([
        {
          type: 'user.updated',
          accountId: by.accountId,
          actor: by,
          subjectId: id,
          data: { members: changedMembers(change) },
        },
      ]);
      return changed;
    });
  }
}
