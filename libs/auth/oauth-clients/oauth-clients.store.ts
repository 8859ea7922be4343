import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { OAuthClient } from './oauth-client.entity.js';
import { OAuthClientSecret } from './oauth-client-secret.entity.js';

@Injectable()
export class OAuthClientsStore {
  constructor(private readonly db: Database) {}

  async insert(client: OAuthClient): Promise<void> {
    await this.db.manager.insert(OAuthClient, client);
  }

  find(accountId: string, id: string): Promise<OAuthClient | null> {
    return this.db.manager.findOneBy(OAuthClient, { accountId, id });
  }

  /** A client that may authenticate: it is active, and so is its account. */
  findActive(id: string): Promise<OAuthClient | null> {
    return this.db.manager
      .createQueryBuilder(OAuthClient, 'client')
      .innerJoin(Account, 'account', 'account.id = client.accountId and account.active')
      .where('client.id = :id and client.active', { id })
      .getOne();
  }

  /** Holds the client's row until the transaction ends, so that changes to its secrets take turns. */
  async lock(id: string): Promise<void> {
    await this.db.query('select 1 from oauth_client where id = $1 for update', [id]);
  }

  async update(client: OAuthClient): Promise<void> {
    const { accountId, id, name, permissions, active, updatedAt } = client;
    await this.db.manager.update(OAuthClient, { accountId, id }, { name, permissions, active, updatedAt });
  }

  async page(accountId: string, { limit, cursor }: PageRequest): Promise<Page<OAuthClient>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(OAuthClient, {
      where: { accountId, ...(after && { id: MoreThan(after[0]) }) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  async insertSecret(secret: OAuthClientSecret): Promise<void> {
    await this.db.manager.insert(OAuthClientSecret, secret);
  }

  /** Every secret of these clients, revoked ones too, oldest first. */
  secrets(clientIds: readonly string[]): Promise<OAuthClientSecret[]> {
    return this.db.manager.find(OAuthClientSecret, {
      where: { clientId: In([...clientIds]) },
      order: { id: 'ASC' },
    });
  }

  async updateSecret(secret: OAuthClientSecret): Promise<void> {
    const { id, clientId, expiresAt, revokedAt } = secret;
    await this.db.manager.update(OAuthClientSecret, { id, clientId }, { expiresAt, revokedAt });
  }

  /** Notes a use, at most once a minute. */
  async touchSecret(id: string, now: Date): Promise<void> {
    await this.db.query(
      `update oauth_client_secret set last_used_at = $2
       where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`,
      [id, now],
    );
  }

  /** Removes all but the `keep` newest of the secrets that work no more; the event log keeps that they existed. */
  async removeDeadSecrets(clientId: string, now: Date, keep: number): Promise<void> {
    await this.db.query(
      `delete from oauth_client_secret where id in (
         select id from oauth_client_secret where client_id = $1 and least(revoked_at, expires_at) <= $2
         order by id desc offset $3)`,
      [clientId, now, keep],
    );
  }
}
