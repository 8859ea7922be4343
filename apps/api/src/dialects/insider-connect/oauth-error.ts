import { DomainError, type ErrorCode } from '#libs/platform/errors/domain-error.js';
import { REALM } from './realm.js';

/** RFC 6749, 5.2. */
export type OAuthErrorName =
  'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'unsupported_grant_type' | 'invalid_scope';

/** The sentence of the published API, word for word. */
export const BAD_CREDENTIALS = 'Bad client credentials. Please check your client_id and client_secret.';

export function oauthError(reason: OAuthErrorName, description: string): DomainError {
  return new DomainError('invalid', 'token-request', description, { reason });
}

/**
 * The same for an unknown client and a wrong secret. The published API answers 400; a client that came by HTTP Basic
 * gets the 401 and the challenge that RFC 6749, 5.2 demands.
 */
export function invalidClient(via: 'basic' | 'body' | 'none'): DomainError {
  if (via !== 'basic') return oauthError('invalid_client', BAD_CREDENTIALS);
  return new DomainError('unauthenticated', 'token-request', BAD_CREDENTIALS, {
    reason: 'invalid_client',
    headers: { 'WWW-Authenticate': `Basic realm="${REALM}", charset="UTF-8"` },
  });
}

/** What the error is called on the wire when the failure named no name of its own. */
export function oauthErrorName(code: ErrorCode): string {
  if (code === 'limited' || code === 'unavailable') return 'temporarily_unavailable';
  return code === 'internal' ? 'server_error' : 'invalid_request';
}
