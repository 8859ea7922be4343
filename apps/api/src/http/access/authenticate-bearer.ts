import type { Request } from 'express';
import type { Strategy } from 'passport';
import type { Principal } from '#libs/accounts/principal.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { runStrategy } from './run-strategy.js';

/**
 * Whom the bearer token of a request stands for.
 * @throws DomainError unauthenticated: without a reason when no token came (RFC 6750, 3.1), else `invalid_token`
 */
export async function authenticateBearer(strategy: Strategy, request: Request): Promise<Principal> {
  const outcome = await runStrategy<Principal>(strategy, request);
  if (outcome.user !== undefined) return outcome.user;
  // The strategy answers a number for whatever is not two words, Bearer or not.
  const isMalformed = typeof outcome.challenge === 'number';
  throw isMalformed && /^bearer\b/i.test(request.headers.authorization ?? '')
    ? new DomainError('unauthenticated', 'token', 'The access token is not valid.', {
        reason: 'invalid_token',
      })
    : new DomainError('unauthenticated', 'token', 'An access token is required.');
}
