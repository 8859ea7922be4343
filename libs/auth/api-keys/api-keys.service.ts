import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { requireFuture } from '#libs/platform/clock/require-future.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { Authority } from '#libs/scopes/authority.js';
import type { Permission } from '#libs/scopes/permission.js';
import { toSecret } from '../secrets/rotation.js';
import type { ApiKey } from './api-key.entity.js';
import { type ApiKeyFilter, ApiKeysStore } from './api-keys.store.js';

export interface NewApiKey {
  /** The public API that the key opens. */
  readonly dialect: string;
  readonly name: string;
  /** The key itself, random; public APIs differ in how theirs look. */
  readonly value: string;
  readonly permissions: readonly Permission[];
  /** Left out: every project of the account. */
  readonly projectId?: number | undefined;
  /** Left out: every source of the account. */
  readonly sourceIds?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
}

export interface ApiKeyChange {
  readonly name?: string | undefined;
  readonly expiresAt?: Date | null | undefined;
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly store: ApiKeysStore,
    private readonly projects: ProjectsService,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * @throws DomainError not_found (project), invalid (an end that has passed), forbidden when the caller lacks a
   * permission that the key carries
   */
  create(by: Principal, input: NewApiKey): Promise<ApiKey> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      requireFuture('api-key', input.expiresAt, now);
      if (input.projectId !== undefined) await this.projects.get(by, input.projectId);
      await this.authority.assertHolds(by, input.permissions);
      const key: ApiKey = {
        ...toSecret(input.value, now),
        accountId: by.accountId,
        dialect: input.dialect,
        projectId: input.projectId ?? null,
        sourceIds: input.sourceIds ? [...input.sourceIds] : null,
        name: input.name,
        permissions: [...input.permissions],
        expiresAt: input.expiresAt ?? null,
      };
      await this.store.insert(key);
      await this.announce(by, key, 'api-key.created');
      return key;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<ApiKey> {
    const key = await this.store.find(by.accountId, id);
    if (!key) throw new DomainError('not_found', 'api-key', 'There is no API key with this id.');
    return key;
  }

  page(by: Principal, filter: ApiKeyFilter, request: PageRequest): Promise<Page<ApiKey>> {
    return this.store.page(by.accountId, filter, request);
  }

  /** @throws DomainError not_found, invalid (an end that has passed: keys are ended by `revoke`) */
  update(by: Principal, id: string, change: ApiKeyChange): Promise<ApiKey> {
    return this.db.transaction(async () => {
      const key = await this.get(by, id);
      requireFuture('api-key', change.expiresAt, this.clock.now());
      const changed: ApiKey = {
        ...key,
        name: change.name ?? key.name,
        expiresAt: change.expiresAt === undefined ? key.expiresAt : change.expiresAt,
      };
      await this.store.update(changed);
      await this.announce(by, key, 'api-key.updated', { members: changedMembers(change) });
      return changed;
    });
  }

  /** Ends a key for good, within two seconds on every process. @throws DomainError not_found */
  revoke(by: Principal, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const key = await this.get(by, id);
      if (key.revokedAt) return;
      await this.store.update({ ...key, revokedAt: this.clock.now() });
      await this.announce(by, key, 'api-key.revoked');
    });
  }

  private async announce(by: Principal, key: ApiKey, type: string, data = {}): Promise<void> {
    await this.changes.announce('api_key', key.digest.toString('hex'));
    await this.events.append([
      {
        type,
        accountId: key.accountId,
        ...(key.projectId !== null && { projectId: key.projectId }),
        actor: by,
        subjectId: key.id,
        data,
      },
    ]);
  }
}
