import { Injectable } from '@nestjs/common';
import type { ServerPrincipal } from '#libs/accounts/principal.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { sameDigest, sha256 } from '#libs/platform/crypto/secrets.js';
import { Logger } from '#libs/platform/logging/logger.js';
import { SERVER_PERMISSIONS } from '#libs/scopes/targets/server-permissions.js';
import { LastUses } from '../secrets/last-uses.js';
import { isActive } from '../secrets/rotation.js';
import { ServerSecretsStore, type ServerStanding } from './server-secrets.store.js';

/** No secret is longer; what is, is not worth a digest. */
const LONGEST_SECRET = 200;

/** Says which server a secret stands for. Secrets are found by the unique digest of the whole secret. */
@Injectable()
export class ServerAuthentication {
  private readonly standings: FreshCache<ServerStanding | null>;
  private readonly uses: LastUses;

  constructor(
    private readonly store: ServerSecretsStore,
    private readonly clock: Clock,
    logger: Logger,
    feed: ChangeFeed,
  ) {
    this.uses = new LastUses('a server secret', logger, (id, now) => this.store.touch(id, now));
    this.standings = new FreshCache({
      feed,
      topic: 'server_secret',
      clearOn: ['scope_target', 'account'],
      load: (digest) => this.store.findByDigest(Buffer.from(digest, 'hex')),
    });
  }

  /**
   * Undefined for an unknown server, for a secret that is wrong, revoked or expired, and for one of another server:
   * callers cannot tell these apart.
   * @param serverId the id of the server's scope, as the server names itself
   */
  async bySecret(serverId: string, secret: string): Promise<ServerPrincipal | undefined> {
    if (secret.length > LONGEST_SECRET) return undefined;
    const digest = sha256(secret);
    const standing = await this.standings.get(digest.toString('hex'));
    const now = this.clock.now();
    if (!standing || !sameDigest(standing.digest, digest)) return undefined;
    if (standing.serverId !== serverId || !isActive(standing, now)) return undefined;
    this.uses.note(standing.secretId, now);
    const { targetId, accountId, networkId } = standing;
    return { kind: 'server', id: targetId, accountId, serverId, networkId, permissions: SERVER_PERMISSIONS };
  }
}
