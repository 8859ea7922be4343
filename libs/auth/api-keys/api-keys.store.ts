import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { ApiKey } from './api-key.entity.js';

export interface ApiKeyFilter {
  readonly dialect?: string | undefined;
  readonly projectId?: number | undefined;
}

@Injectable()
export class ApiKeysStore {
  constructor(private readonly db: Database) {}

  async insert(key: ApiKey): Promise<void> {
    await this.db.manager.insert(ApiKey, key);
  }

  find(accountId: string, id: string): Promise<ApiKey | null> {
    return this.db.manager.findOneBy(ApiKey, { accountId, id });
  }

  /** The key with this digest, while its account is active. */
  findByDigest(digest: Buffer): Promise<ApiKey | null> {
    return this.db.manager
      .createQueryBuilder(ApiKey, 'key')
      .innerJoin(Account, 'account', 'account.id = key.accountId and account.active')
      .where('key.digest = :digest', { digest })
      .getOne();
  }

  async update(key: ApiKey): Promise<void> {
    const { accountId, id, name, expiresAt, revokedAt } = key;
    await this.db.manager.update(ApiKey, { accountId, id }, { name, expiresAt, revokedAt });
  }

  async page(accountId: string, filter: ApiKeyFilter, { limit, cursor }: PageRequest): Promise<Page<ApiKey>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(ApiKey, {
      where: {
        accountId,
        ...(filter.dialect !== undefined && { dialect: filter.dialect }),
        ...(filter.projectId !== undefined && { projectId: filter.projectId }),
        ...(after && { id: MoreThan(after[0]) }),
      },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** Notes a use, at most once a minute. */
  async touch(id: string, now: Date): Promise<void> {
    await this.db.query(
      `update api_key set last_used_at = $2
       where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`,
      [id, now],
    );
  }
}
