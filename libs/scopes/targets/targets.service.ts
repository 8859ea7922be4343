import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
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
import type { TargetType } from '../scope.js';
import { SERVER_PERMISSIONS } from './server-permissions.js';
import type { ScopeTarget } from './scope-target.entity.js';
import { type TargetFilter, TargetsStore } from './targets.store.js';

export interface NewTarget {
  readonly type: TargetType;
  readonly name: string;
  /** What scopes say, 1 to 128 characters; left out, the target's own id. */
  readonly scopeId?: string | undefined;
  /** For a server: the `id` of the target that is its network. */
  readonly networkId?: string | null | undefined;
}

export interface TargetChange {
  readonly name?: string | undefined;
  /** null: in no network. */
  readonly networkId?: string | null | undefined;
}

/** What scopes are about, as far as it is registered. */
@Injectable()
export class TargetsService {
  constructor(
    private readonly store: TargetsStore,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * @throws DomainError conflict (registered already), invalid (network), forbidden when the caller may not do in the
   * network what its servers may
   */
  create(by: Principal, { type, name, scopeId, networkId }: NewTarget): Promise<ScopeTarget> {
    return this.db.transaction(async () => {
      if (networkId) await this.assertMayJoin(by, type, networkId);
      const now = this.clock.now();
      const id = uuidv7(now.getTime());
      const target: ScopeTarget = {
        id,
        accountId: by.accountId,
        type,
        scopeId: scopeId ?? id,
        name,
        networkId: networkId ?? null,
        createdAt: now,
        updatedAt: now,
      };
      await this.store.insert(target);
      await this.note(by, target, 'scope-target.created', { type });
      return target;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<ScopeTarget> {
    const target = await this.store.find(by.accountId, id);
    if (!target) throw new DomainError('not_found', 'scope-target', 'There is no target with this id.');
    return target;
  }

  page(by: Principal, filter: TargetFilter, request: PageRequest): Promise<Page<ScopeTarget>> {
    return this.store.page(by.accountId, filter, request);
  }

  /**
   * Changes a target; a server that leaves its network loses that scope within two seconds.
   * @throws DomainError not_found, and as `create`
   */
  update(by: Principal, id: string, change: TargetChange): Promise<ScopeTarget> {
    return this.db.transaction(async () => {
      await this.store.lock(by.accountId, id);
      const target = await this.get(by, id);
      if (change.networkId) await this.assertMayJoin(by, target.type, change.networkId);
      const changed: ScopeTarget = {
        ...target,
        name: change.name ?? target.name,
        networkId: change.networkId === undefined ? target.networkId : change.networkId,
        updatedAt: nextUpdate(this.clock.now(), target.updatedAt),
      };
      await this.store.update(changed);
      await this.changes.announce('scope_target', id);
      await this.note(by, target, 'scope-target.updated', { members: changedMembers(change) });
      return changed;
    });
  }

  /**
   * Takes a target off the register, with its secrets; feedback and roles of its scope stay.
   * @throws DomainError not_found, conflict for a network that has servers
   */
  remove(by: Principal, id: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.store.lock(by.accountId, id);
      const target = await this.get(by, id);
      await this.store.remove(by.accountId, id);
      await this.changes.announce('scope_target', id);
      await this.note(by, target, 'scope-target.removed');
    });
  }

  private async assertMayJoin(by: Principal, type: TargetType, networkId: string): Promise<void> {
    if (type !== 'server') throw wrongNetwork('Only a server is in a network.');
    await this.store.lock(by.accountId, networkId);
    const network = await this.store.find(by.accountId, networkId);
    if (network?.type !== 'network') throw wrongNetwork('There is no network with this id.');
    await this.authority.assertHolds(by, SERVER_PERMISSIONS, { type: 'network', id: network.scopeId });
  }

  private note(by: Principal, { id, accountId }: ScopeTarget, type: string, data = {}): Promise<void> {
    return this.events.append([{ type, accountId, actor: by, subjectId: id, data }]);
  }
}

function wrongNetwork(message: string): DomainError {
  return new DomainError('invalid', 'scope-target', message, {
    violations: [{ field: 'networkId', message }],
  });
}
