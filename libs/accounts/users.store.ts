import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Account } from './account.entity.js';
import { User } from './user.entity.js';

@Injectable()
export class UsersStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError conflict when the address is in use */
  async insert(user: User): Promise<void> {
    await conflictOn('account_user_email_key', 'user', 'This e-mail address is already in use.', () =>
      this.db.manager.insert(User, user),
    );
  }

  find(accountId: string, id: string): Promise<User | null> {
    return this.db.manager.findOneBy(User, { accountId, id });
  }

  findById(id: string): Promise<User | null> {
    return this.db.manager.findOneBy(User, { id });
  }

  /** The names of users, by id. */
  async names(accountId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const rows = await this.db.query<{ id: string; name: string | null }>(
      'select id, name from account_user where account_id = $1 and id = any($2::uuid[])',
      [accountId, ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** The user and whether the account is switched on, for a sign-in or a token. */
  async findForSignIn(
    by: { readonly emailNormalized: string } | { readonly id: string },
  ): Promise<User | null> {
    return this.db.manager
      .createQueryBuilder(User, 'u')
      .innerJoin(Account, 'a', 'a.id = u.accountId and a.active')
      .where(by)
      .andWhere('u.active')
      .getOne();
  }

  async update(user: User): Promise<void> {
    const { accountId, id, name, role, active, passwordHash, passwordChangedAt, updatedAt } = user;
    await this.db.manager.update(
      User,
      { accountId, id },
      { name, role, active, passwordHash, passwordChangedAt, updatedAt },
    );
  }

  /** Locks the account's owners, so that two changes at once cannot leave it without one. */
  async lockOwners(accountId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `select id from account_user where account_id = $1 and role = 'owner' and active order by id for update`,
      [accountId],
    );
    return rows.map(({ id }) => id);
  }

  async page(accountId: string, { limit, cursor }: PageRequest): Promise<Page<User>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(User, {
      where: { accountId, ...(after && { id: MoreThan(after[0]) }) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }
}
