import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { Logger } from '#libs/platform/logging/logger.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeysStore } from './api-keys.store.js';

/** No key is longer; what is, is not worth a digest. */
const LONGEST_KEY = 200;
const MINUTE_MS = 60_000;

/** Says whom an API key stands for. Keys are found by the unique digest of the whole key. */
@Injectable()
export class ApiKeyAuthentication {
  private readonly keys: FreshCache<ApiKey | null>;
  /** When this process last noted a use of a key. */
  private readonly touched = new LRUCache<string, number>({ max: 10_000 });

  constructor(
    private readonly store: ApiKeysStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
    feed: ChangeFeed,
  ) {
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
    if (!key || key.dialect !== dialect || key.revokedAt || (key.expiresAt && key.expiresAt <= now))
      return undefined;
    this.noteUse(key.id, now);
    const { id, accountId, projectId, sourceIds, permissions } = key;
    return { kind: 'key', id, accountId, projectId, sourceIds, permissions };
  }

  /** At most once a minute, beside the request: nobody waits for it. */
  private noteUse(id: string, now: Date): void {
    const last = this.touched.get(id);
    if (last !== undefined && now.getTime() - last < MINUTE_MS) return;
    this.touched.set(id, now.getTime());
    this.store.touch(id, now).catch((error: unknown) => {
      this.logger.warn('the last use of an API key was not noted', { error });
    });
  }
}
