import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Failures within the window after which a name at an address has to wait. */
const PER_NAME = 10;
/** The same for an address, whatever names it tries. */
const PER_ADDRESS = 100;
/** Seconds; also the longest wait, so that nobody can lock somebody else out for good. */
const WINDOW = 30;

/**
 * Slows down guessing. Failures are counted by (address, name) and by address: guessing from one address does not
 * bar the owner of the name, who comes from another.
 */
export class FailureThrottle {
  private readonly names = new RateLimiterMemory({ points: PER_NAME, duration: WINDOW });
  private readonly addresses = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW });

  /** @throws DomainError limited, with the seconds to wait */
  async check(address: string, name: string): Promise<void> {
    const [byName, byAddress] = await Promise.all([
      this.names.get(key(address, name)),
      this.addresses.get(address),
    ]);
    const wait = Math.max(
      byName && byName.consumedPoints >= PER_NAME ? byName.msBeforeNext : 0,
      byAddress && byAddress.consumedPoints >= PER_ADDRESS ? byAddress.msBeforeNext : 0,
    );
    if (wait > 0) {
      throw new DomainError(
        'limited',
        'authentication',
        'Too many failed attempts. Please wait and try again.',
        {
          retryAfter: Math.min(WINDOW, Math.ceil(wait / 1000)),
        },
      );
    }
  }

  async failed(address: string, name: string): Promise<void> {
    // A full limiter rejects; that it is full is what `check` will say.
    await Promise.allSettled([this.names.consume(key(address, name)), this.addresses.consume(address)]);
  }

  async succeeded(address: string, name: string): Promise<void> {
    await this.names.delete(key(address, name));
  }
}

function key(address: string, name: string): string {
  return `${address} ${name.slice(0, 320)}`;
}
