import type { Request } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import type { IdempotencyClaim } from '#libs/platform/idempotency/idempotency.js';
import { idempotencyClaim } from '#apps/api/src/http/idempotency/claim.js';

/** What the `Idempotency-Key` header asks for in the project of the path. @throws DomainError invalid */
export function claimOf(
  request: Request,
  { id }: KeyPrincipal,
  projectId: number,
  body: unknown,
): IdempotencyClaim | undefined {
  return idempotencyClaim(request, { id, projectId }, body);
}
