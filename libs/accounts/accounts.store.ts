import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Account } from './account.entity.js';

@Injectable()
export class AccountsStore {
  constructor(private readonly db: Database) {}

  async insert(account: Account): Promise<void> {
    await this.db.manager.insert(Account, account);
  }

  find(id: string): Promise<Account | null> {
    return this.db.manager.findOneBy(Account, { id });
  }

  async update(account: Account): Promise<void> {
    const { id, name, active, updatedAt } = account;
    await this.db.manager.update(Account, { id }, { name, active, updatedAt });
  }

  async page({ limit, cursor }: PageRequest): Promise<Page<Account>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(Account, {
      ...(after && { where: { id: MoreThan(after[0]) } }),
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** True while the store is empty: a first run. */
  async none(): Promise<boolean> {
    return !(await this.db.manager.exists(Account));
  }
}
