import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Principal } from '#libs/accounts/principal.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Seconds. Nobody is told to wait for longer: who comes back too early is told again. */
const LONGEST_WAIT = 30;

/**
 * Limits per minute and process: of anonymous calls by address, of the others by credential. Zero is no limit, and
 * costs nothing.
 */
export class RateLimits {
  private readonly byAddress: RateLimiterMemory | undefined;
  private readonly byCredential: RateLimiterMemory | undefined;

  constructor({ anonymous, credential }: { readonly anonymous: number; readonly credential: number }) {
    this.byAddress = limiter(anonymous);
    this.byCredential = limiter(credential);
  }

  /** @throws DomainError limited */
  async anonymous(address: string): Promise<void> {
    if (this.byAddress) await consume(this.byAddress, address);
  }

  /** @throws DomainError limited */
  async credential({ id }: Principal): Promise<void> {
    if (this.byCredential && id !== null) await consume(this.byCredential, id);
  }
}

function limiter(points: number): RateLimiterMemory | undefined {
  return points > 0 ? new RateLimiterMemory({ points, duration: 60 }) : undefined;
}

async function consume(limits: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limits.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new DomainError('limited', 'requests', 'Too many requests. Please slow down.', {
      retryAfter: Math.min(LONGEST_WAIT, Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))),
    });
  }
}
