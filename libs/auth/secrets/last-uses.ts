import { LRUCache } from 'lru-cache';
import type { Logger } from '#libs/platform/logging/logger.js';

const MINUTE_MS = 60_000;

/** Notes when secrets were last used: at most once a minute, beside the request, so that nobody waits for it. */
export class LastUses {
  /** When this process last noted a use of a secret. */
  private readonly noted = new LRUCache<string, number>({ max: 10_000 });

  /** @param what the kind of secret, for the log */
  constructor(
    private readonly what: string,
    private readonly logger: Logger,
    private readonly write: (id: string, now: Date) => Promise<void>,
  ) {}

  note(id: string, now: Date): void {
    const last = this.noted.get(id);
    if (last !== undefined && now.getTime() - last < MINUTE_MS) return;
    this.noted.set(id, now.getTime());
    this.write(id, now).catch((error: unknown) => {
      this.logger.warn(`the last use of ${this.what} was not noted`, { error });
    });
  }
}
