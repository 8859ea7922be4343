import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Principal } from '#libs/accounts/principal.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Seconds. Nobody is told to wait for longer: who comes back too early is told again. */
const LONGEST_WAIT = 30;

/** Seconds that a limit is for. */
const WINDOW = 60;

/** What is needed of an answer. */
interface Answer {
  setHeader(name: string, value: string): unknown;
}

/** One limit. */
interface Limit {
  readonly limiter: RateLimiterMemory;
  readonly name: string;
  /** `"anonymous";q=1200;w=60` */
  readonly policy: string;
}

/**
 * Limits per minute and process: of anonymous calls by address, of the others by credential. Zero is no limit, and
 * costs nothing. Where there is one, answers tell how much of it is left, as draft-ietf-httpapi-ratelimit-headers
 * writes it: `RateLimit-Policy: "anonymous";q=1200;w=60` and `RateLimit: "anonymous";r=1199;t=60`.
 */
export class RateLimits {
  private readonly byAddress: Limit | undefined;
  private readonly byCredential: Limit | undefined;

  constructor({ anonymous, credential }: { readonly anonymous: number; readonly credential: number }) {
    this.byAddress = limitOf('anonymous', anonymous);
    this.byCredential = limitOf('credential', credential);
  }

  /** @throws DomainError limited */
  async anonymous(address: string, answer: Answer): Promise<void> {
    if (this.byAddress) await consume(this.byAddress, address, answer);
  }

  /** @throws DomainError limited */
  async credential({ id }: Principal, answer: Answer): Promise<void> {
    if (this.byCredential && id !== null) await consume(this.byCredential, id, answer);
  }
}

function limitOf(name: string, points: number): Limit | undefined {
  if (points <= 0) return undefined;
  const limiter = new RateLimiterMemory({ points, duration: WINDOW });
  return { limiter, name, policy: `"${name}";q=${points};w=${WINDOW}` };
}

async function consume(limit: Limit, key: string, answer: Answer): Promise<void> {
  try {
    tell(limit, await limit.limiter.consume(key), answer);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    tell(limit, refusal, answer);
    throw new DomainError('limited', 'requests', 'Too many requests. Please slow down.', {
      retryAfter: Math.min(LONGEST_WAIT, secondsUntilNext(refusal)),
    });
  }
}

function tell({ name, policy }: Limit, state: RateLimiterRes, answer: Answer): void {
  answer.setHeader('RateLimit-Policy', policy);
  answer.setHeader('RateLimit', `"${name}";r=${state.remainingPoints};t=${secondsUntilNext(state)}`);
}

function secondsUntilNext({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
