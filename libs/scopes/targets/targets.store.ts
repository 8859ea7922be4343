import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import type { TargetType } from '../scope.js';
import { ScopeTarget } from './scope-target.entity.js';

export interface TargetFilter {
  readonly type?: TargetType | undefined;
  readonly scopeId?: string | undefined;
  /** The servers of this network: the `id` of its target. */
  readonly networkId?: string | undefined;
}

@Injectable()
export class TargetsStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError conflict when the scope is registered */
  async insert(target: ScopeTarget): Promise<void> {
    await conflictOn('scope_target_scope_key', 'scope-target', 'This scope is already registered.', () =>
      this.db.manager.insert(ScopeTarget, target),
    );
  }

  find(accountId: string, id: string): Promise<ScopeTarget | null> {
    return this.db.manager.findOneBy(ScopeTarget, { accountId, id });
  }

  async update({ accountId, id, name, networkId, updatedAt }: ScopeTarget): Promise<void> {
    await this.db.manager.update(ScopeTarget, { accountId, id }, { name, networkId, updatedAt });
  }

  /** Holds the row until the transaction ends, so that changes to it and its secrets take turns. */
  async lock(accountId: string, id: string): Promise<void> {
    await this.db.query('select 1 from scope_target where account_id = $1 and id = $2 for update', [
      accountId,
      id,
    ]);
  }

  /** @throws DomainError conflict for a network that has servers */
  async remove(accountId: string, id: string): Promise<void> {
    await conflictOn('scope_target_network_fkey', 'scope-target', 'There are servers in this network.', () =>
      this.db.manager.delete(ScopeTarget, { accountId, id }),
    );
  }

  async page(
    accountId: string,
    { type, scopeId, networkId }: TargetFilter,
    { limit, cursor }: PageRequest,
  ): Promise<Page<ScopeTarget>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(ScopeTarget, {
      where: {
        accountId,
        ...(type !== undefined && { type }),
        ...(scopeId !== undefined && { scopeId }),
        ...(networkId !== undefined && { networkId }),
        ...(after && { id: MoreThan(after[0]) }),
      },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }
}
