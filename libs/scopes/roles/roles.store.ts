import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import type { UserRole } from '#libs/accounts/user.entity.js';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import type { Scope } from '../scope.js';
import { Role } from './role.entity.js';

@Injectable()
export class RolesStore {
  constructor(private readonly db: Database) {}

  async insert(...roles: Role[]): Promise<void> {
    await this.db.manager.insert(Role, roles);
  }

  find(accountId: string, id: string): Promise<Role | null> {
    return this.db.manager.findOneBy(Role, { accountId, id });
  }

  builtIn(accountId: string, builtIn: UserRole): Promise<Role | null> {
    return this.db.manager.findOneBy(Role, { accountId, builtIn });
  }

  /** Lets changes to the account's roles take turns until the transaction ends; nothing else waits for them. */
  async lockAll(accountId: string): Promise<void> {
    await this.db.query('select 1 from account where id = $1 for no key update', [accountId]);
  }

  async update(role: Role): Promise<void> {
    const { accountId, id, name, description, permissions, isDefault, updatedAt } = role;
    await this.db.manager.update(
      Role,
      { accountId, id },
      { name, description, permissions, isDefault, updatedAt },
    );
  }

  /** Leaves the scope without a default role. */
  async clearDefault(accountId: string, { type, id }: Scope, now: Date): Promise<void> {
    await this.db.query(
      `update role set is_default = false, updated_at = greatest($4, updated_at + interval '1 ms')
       where account_id = $1 and scope_type = $2 and scope_id is not distinct from $3 and is_default`,
      [accountId, type, id, now],
    );
  }

  async remove(accountId: string, id: string): Promise<void> {
    await this.db.manager.delete(Role, { accountId, id });
  }

  /** @param scope left out: of every scope */
  async page(
    accountId: string,
    scope: Scope | undefined,
    { limit, cursor }: PageRequest,
  ): Promise<Page<Role>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(Role, {
      where: {
        accountId,
        ...(scope && { scopeType: scope.type, scopeId: scope.id ?? IsNull() }),
        ...(after && { id: MoreThan(after[0]) }),
      },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }
}
