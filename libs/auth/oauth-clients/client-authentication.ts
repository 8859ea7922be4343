import { Injectable } from '@nestjs/common';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { sameDigest, sha256 } from '#libs/platform/crypto/secrets.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { isActive } from '../secrets/rotation.js';
import type { OAuthClient } from './oauth-client.entity.js';
import { OAuthClientsStore } from './oauth-clients.store.js';

/** A client that proved who it is, and with which secret. */
export interface AuthenticatedClient {
  readonly client: OAuthClient;
  readonly secretId: string;
}

interface Standing {
  readonly client: OAuthClient | null;
  readonly revoked: ReadonlySet<string>;
  readonly secretIds: ReadonlySet<string>;
}

/** Says whether a client is who it claims to be, and whether its tokens still count. */
@Injectable()
export class ClientAuthentication {
  private readonly standings: FreshCache<Standing>;

  constructor(
    private readonly store: OAuthClientsStore,
    private readonly clock: Clock,
    feed: ChangeFeed,
  ) {
    this.standings = new FreshCache({
      feed,
      topic: 'oauth_client',
      clearOn: ['account'],
      load: (id) => this.load(id),
    });
  }

  /**
   * Undefined for an unknown client, one that is switched off, and a wrong, expired or revoked secret: callers
   * cannot tell these apart, nor can a clock, as the digest is computed and compared in any case.
   */
  async bySecret(clientId: string, secret: string): Promise<AuthenticatedClient | undefined> {
    const digest = sha256(secret);
    const now = this.clock.now();
    const id = isUuid(clientId) ? clientId : NOBODY;
    const [client, secrets] = await Promise.all([this.store.findActive(id), this.store.secrets([id])]);
    let match: string | undefined;
    for (const candidate of secrets.length > 0 ? secrets : [DUMMY]) {
      if (sameDigest(candidate.digest, digest) && isActive(candidate, now)) match = candidate.id;
    }
    if (!client || match === undefined) return undefined;
    await this.store.touchSecret(match, now);
    return { client, secretId: match };
  }

  /**
   * Whom a token stands for, while its client is switched on and the secret that got it was not revoked.
   * @param permissions what the token carries; the client's present allowance narrows it
   */
  async byToken(
    clientId: string,
    secretId: string,
    permissions: readonly string[],
  ): Promise<ClientPrincipal | undefined> {
    const standing = isUuid(clientId) ? await this.standings.get(clientId) : undefined;
    if (!standing?.client || !standing.secretIds.has(secretId) || standing.revoked.has(secretId))
      return undefined;
    const { client } = standing;
    return {
      kind: 'client',
      id: client.id,
      accountId: client.accountId,
      projectId: client.projectId,
      channelId: client.channelId,
      permissions: permissions.filter((permission) => client.permissions.includes(permission)),
    };
  }

  private async load(id: string): Promise<Standing> {
    const [client, secrets] = await Promise.all([this.store.findActive(id), this.store.secrets([id])]);
    return {
      client,
      secretIds: new Set(secrets.map((secret) => secret.id)),
      revoked: new Set(secrets.filter(({ revokedAt }) => revokedAt !== null).map((secret) => secret.id)),
    };
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const DUMMY = { id: '', digest: Buffer.alloc(32), revokedAt: new Date(0), expiresAt: null };
