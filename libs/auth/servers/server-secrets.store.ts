import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import { ServerSecret } from './server-secret.entity.js';

/** A secret with the server that it is of. */
export interface ServerStanding {
  readonly secretId: string;
  readonly digest: Buffer;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** The `id` of the server's target. */
  readonly targetId: string;
  readonly accountId: string;
  /** The id of the server's scope. */
  readonly serverId: string;
  /** The id of its network's scope. */
  readonly networkId: string | null;
}

@Injectable()
export class ServerSecretsStore {
  constructor(private readonly db: Database) {}

  async insert(secret: ServerSecret): Promise<void> {
    await this.db.manager.insert(ServerSecret, secret);
  }

  /** Every secret of these servers, revoked ones too, oldest first. */
  of(serverIds: readonly string[]): Promise<ServerSecret[]> {
    return this.db.manager.find(ServerSecret, {
      where: { serverId: In([...serverIds]) },
      order: { id: 'ASC' },
    });
  }

  /** The secret with this digest and its server, while the account is active. */
  async findByDigest(digest: Buffer): Promise<ServerStanding | null> {
    const [standing] = await this.db.query<ServerStanding>(
      `select k.id as "secretId", k.digest, k.expires_at as "expiresAt", k.revoked_at as "revokedAt",
         s.id as "targetId", s.account_id as "accountId", s.scope_id as "serverId", n.scope_id as "networkId"
       from server_secret k
       join scope_target s on s.id = k.server_id and s.type = 'server'
       join account a on a.id = s.account_id and a.active
       left join scope_target n on n.id = s.network_id
       where k.digest = $1`,
      [digest],
    );
    return standing ?? null;
  }

  async update({ id, serverId, expiresAt, revokedAt }: ServerSecret): Promise<void> {
    await this.db.manager.update(ServerSecret, { id, serverId }, { expiresAt, revokedAt });
  }

  /** Holds the server's row until the transaction ends, so that changes to its secrets take turns. */
  async lockServer(accountId: string, serverId: string): Promise<void> {
    await this.db.query('select 1 from scope_target where account_id = $1 and id = $2 for no key update', [
      accountId,
      serverId,
    ]);
  }

  /** Notes a use, at most once a minute. */
  async touch(id: string, now: Date): Promise<void> {
    await this.db.query(
      `update server_secret set last_used_at = $2
       where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`,
      [id, now],
    );
  }

  /** Removes all but the `keep` newest of the secrets that work no more; the event log keeps that they existed. */
  async removeDead(serverId: string, now: Date, keep: number): Promise<void> {
    await this.db.query(
      `delete from server_secret where id in (
         select id from server_secret where server_id = $1 and least(revoked_at, expires_at) <= $2
         order by id desc offset $3)`,
      [serverId, now, keep],
    );
  }
}
