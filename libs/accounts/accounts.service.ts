import { Injectable } from '@nestjs/common';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import type { Account } from './account.entity.js';
import { AccountsStore } from './accounts.store.js';
import type { Principal } from './principal.js';

export interface AccountChange {
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
}

@Injectable()
export class AccountsService {
  constructor(
    private readonly store: AccountsStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** Makes an account. `by` is left out when the house itself makes its first one. */
  create(by: Principal | undefined, input: { readonly name: string }): Promise<Account> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const account: Account = {
        id: uuidv7(now.getTime()),
        name: input.name,
        active: true,
        createdAt: now,
        updatedAt: now,
      };
      await this.store.insert(account);
      await this.events.append([
        {
          type: 'account.created',
          accountId: account.id,
          actor: by ?? { kind: 'system', id: null },
          subjectId: account.id,
        },
      ]);
      return account;
    });
  }

  /** An account that `by` may see: its own, or any for an operator. @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<Account> {
    const visible = id === by.accountId || (by.kind === 'user' && by.operator);
    const account = visible ? await this.store.find(id) : null;
    if (!account) throw new DomainError('not_found', 'account', 'There is no account with this id.');
    return account;
  }

  page(request: PageRequest): Promise<Page<Account>> {
    return this.store.page(request);
  }

  /** Changes an account. Only an operator may switch one off or on. @throws DomainError not_found, forbidden */
  update(by: Principal, id: string, change: AccountChange): Promise<Account> {
    return this.db.transaction(async () => {
      const account = await this.get(by, id);
      if (change.active !== undefined && !(by.kind === 'user' && by.operator)) {
        throw new DomainError('forbidden', 'account', 'Only an operator of the platform may do this.');
      }
      const changed: Account = {
        ...account,
        name: change.name ?? account.name,
        active: change.active ?? account.active,
        updatedAt: nextUpdate(this.clock.now(), account.updatedAt),
      };
      await this.store.update(changed);
      await this.changes.announce('account', id);
      await this.events.append([
        {
          type: 'account.updated',
          accountId: id,
          actor: by,
          subjectId: id,
          data: { members: changedMembers(change) },
        },
      ]);
      return changed;
    });
  }

  /** True while the store is empty: a first run. */
  none(): Promise<boolean> {
    return this.store.none();
  }
}
