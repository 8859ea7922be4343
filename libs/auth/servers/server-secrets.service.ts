import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Authority } from '#libs/scopes/authority.js';
import { SERVER_PERMISSIONS } from '#libs/scopes/targets/server-permissions.js';
import { TargetsService } from '#libs/scopes/targets/targets.service.js';
import { endingSecrets, KEEP_DEAD, toSecret } from '../secrets/rotation.js';
import type { ServerSecret } from './server-secret.entity.js';
import { ServerSecretsStore } from './server-secrets.store.js';

/** A secret that was just made: the only moment at which it can be read. */
export interface IssuedServerSecret {
  readonly secret: ServerSecret;
  readonly value: string;
}

/** The secrets of servers; `serverId` is the `id` of a server's target. */
@Injectable()
export class ServerSecretsService {
  constructor(
    private readonly store: ServerSecretsStore,
    private readonly targets: TargetsService,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** A server's secrets, ended ones too, oldest first. @throws DomainError not_found */
  async all(by: Principal, serverId: string): Promise<ServerSecret[]> {
    await this.targets.get(by, serverId);
    return this.store.of([serverId]);
  }

  /**
   * Makes another secret; with `overlapSeconds` the ones before it end after that time.
   * @throws DomainError not_found, conflict for what is no server, and when two are active, forbidden when the caller
   * may not do where the server may
   */
  rotate(by: Principal, serverId: string, overlapSeconds?: number | null): Promise<IssuedServerSecret> {
    return this.db.transaction(async () => {
      await this.store.lockServer(by.accountId, serverId);
      const { type, scopeId, networkId } = await this.targets.get(by, serverId);
      if (type !== 'server') throw new DomainError('conflict', 'secret', 'Only a server has secrets.');
      await this.authority.assertHolds(by, SERVER_PERMISSIONS, { type, id: scopeId });
      if (networkId) {
        const network = await this.targets.get(by, networkId);
        await this.authority.assertHolds(by, SERVER_PERMISSIONS, { type: 'network', id: network.scopeId });
      }
      const now = this.clock.now();
      await this.store.removeDead(serverId, now, KEEP_DEAD);
      for (const ending of endingSecrets('server', await this.store.of([serverId]), now, overlapSeconds)) {
        await this.store.update(ending);
        await this.changes.announce('server_secret', ending.digest.toString('hex'));
      }
      const value = randomSecret('chsrv');
      const secret = { ...toSecret(value, now), serverId };
      await this.store.insert(secret);
      await this.announce(by, secret, 'scope-target.secret-created');
      return { secret, value };
    });
  }

  /** Ends a secret, within two seconds on every process. @throws DomainError not_found */
  revoke(by: Principal, serverId: string, secretId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.store.lockServer(by.accountId, serverId);
      await this.targets.get(by, serverId);
      const secret = (await this.store.of([serverId])).find(({ id }) => id === secretId);
      if (!secret) throw new DomainError('not_found', 'secret', 'This server has no secret with this id.');
      if (secret.revokedAt) return;
      await this.store.update({ ...secret, revokedAt: this.clock.now() });
      await this.announce(by, secret, 'scope-target.secret-revoked');
    });
  }

  private async announce(by: Principal, secret: ServerSecret, type: string): Promise<void> {
    await this.changes.announce('server_secret', secret.digest.toString('hex'));
    await this.events.append([
      {
        type,
        accountId: by.accountId,
        actor: by,
        subjectId: secret.serverId,
        data: { secretId: secret.id },
      },
    ]);
  }
}
