import { Injectable } from '@nestjs/common';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { Logger } from '#libs/platform/logging/logger.js';
import { LastUses } from '../secrets/last-uses.js';
import { isActive } from '../secrets/rotation.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeysStore } from './api-keys.store.js';

/** No key is longer; what is, is not worth a digest. */
const LONGEST_KEY = 200;

/** Says whom an API key stands for. Keys are found by the unique digest of the whole key. */
@Injectable()
export class ApiKeyAuthentication {
  private readonly keys: FreshCache<ApiKey | null>;
  private readonly uses: LastUses;

  constructor(
    private readonly store: ApiKeysStore,
    private readonly clock: Clock,
    logger: Logger,
    feed: ChangeFeed,
  ) {
    this.uses = new LastUses('an API key', logger, (id, now) => this.store.touch(id, now));
    this.keys = new FreshCache({
      feed,
      topic: 'api_key',
      clearOn: ['account'],
      load: (digest) => this.store.findByDigest(Buffer.from(digest, 'hex')),
    });
  }

  /** Undefined for a key that is unknown, revoked, expired, or of another public API: callers cannot tell these apart. */
  async byKey(dialect: string, value: string): Promise<KeyPrincipal | undefined> {
    if (value.length > LONGEST_KEY) return undefined;
    const key = await this.keys.get(sha256(value).toString('hex'));
    const now = this.clock.now();
    if (key?.dialect !== dialect || !isActive(key, now)) return undefined;
    this.uses.note(key.id, now);
    const { id, accountId, projectId, sourceIds, permissions } = key;
    return { kind: 'key', id, accountId, projectId, sourceIds, permissions };
  }
}
