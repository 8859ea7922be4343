import type { Request } from 'express';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { IdempotencyClaim } from '#libs/platform/idempotency/idempotency.js';
import { routeOf } from '../exchange.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * What the `Idempotency-Key` header asks for, or undefined without one.
 * @param body what must be the same for a replay, beside the route and its parameters
 * @throws DomainError invalid
 */
export function idempotencyClaim(
  request: Request,
  caller: Pick<ClientPrincipal, 'id' | 'projectId'>,
  body: unknown,
): IdempotencyClaim | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new DomainError(
      'invalid',
      'idempotency-key',
      'The Idempotency-Key must be 1 to 255 visible ASCII characters.',
    );
  }
  return {
    projectId: caller.projectId,
    credentialId: caller.id,
    key: sha256(key),
    fingerprint: sha256(JSON.stringify([request.method, routeOf(request), request.params, body])),
  };
}
