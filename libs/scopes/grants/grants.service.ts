import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { requireFuture } from '#libs/platform/clock/require-future.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Authority } from '../authority.js';
import type { Permission } from '../permission.js';
import { GrantsStore } from './grants.store.js';
import type { PermissionGrant } from './permission-grant.entity.js';

/** What is left out stays as it is. */
export interface GrantChange {
  /** True: denies, whatever else allows. null: no longer. */
  readonly negated?: boolean | null | undefined;
  /** null: never ends. */
  readonly expiresAt?: Date | null | undefined;
}

/** Permissions that users have, or are denied, directly. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly store: GrantsStore,
    private readonly users: UsersService,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * Grants or denies a permission in every scope, or changes the grant that is there.
   * @throws DomainError not_found, invalid (an end that has passed), forbidden when the caller does not hold the
   * permission everywhere, or denies it to somebody who may do more than they; conflict when they deny it to themselves
   */
  put(by: Principal, userId: string, permission: Permission, change: GrantChange): Promise<PermissionGrant> {
    return this.db.transaction(async () => {
      await this.users.get(by, userId);
      await this.authority.assertHolds(by, [permission]);
      await this.store.lock(userId);
      const before = await this.store.find(userId, permission);
      const now = this.clock.now();
      requireFuture('grant', change.expiresAt, now);
      const grant: PermissionGrant = {
        userId,
        permission,
        negated: change.negated === undefined ? (before?.negated ?? false) : (change.negated ?? false),
        expiresAt: change.expiresAt === undefined ? (before?.expiresAt ?? null) : change.expiresAt,
        createdAt: before?.createdAt ?? now,
        updatedAt: before ? nextUpdate(now, before.updatedAt) : now,
      };
      if (grant.negated) await this.assertMayDeny(by, userId);
      await this.store.put(grant);
      await this.announce(by, userId, 'grant.set', { permission, negated: grant.negated });
      return grant;
    });
  }

  /** A user's grants, by permission, those that ended, too. @throws DomainError not_found */
  async all(by: Principal, userId: string): Promise<PermissionGrant[]> {
    await this.users.get(by, userId);
    return this.store.all(userId);
  }

  /**
   * Takes a grant back, within two seconds.
   * @throws DomainError not_found, forbidden when it is a denial of what the caller does not hold
   */
  remove(by: Principal, userId: string, permission: Permission): Promise<void> {
    return this.db.transaction(async () => {
      await this.users.get(by, userId);
      await this.store.lock(userId);
      const grant = await this.store.find(userId, permission);
      if (!grant) throw new DomainError('not_found', 'grant', 'This user has no such grant.');
      // Who ends a denial gives.
      if (grant.negated) await this.authority.assertHolds(by, [permission]);
      await this.store.remove(userId, permission);
      await this.announce(by, userId, 'grant.removed', { permission });
    });
  }

  /** Nobody denies themselves: so there is always somebody left who can undo it. */
  private async assertMayDeny(by: Principal, userId: string): Promise<void> {
    if (by.id === userId) {
      throw new DomainError('conflict', 'grant', 'Nobody can deny a permission to themselves.');
    }
    await this.authority.assertCovers(by, userId);
  }

  private async announce(by: Principal, userId: string, type: string, data: object): Promise<void> {
    await this.changes.announce('scopes', userId);
    await this.events.append([
      { type, accountId: by.accountId, actor: by, subjectId: userId, data: { ...data } },
    ]);
  }
}
