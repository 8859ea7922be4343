import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** No text of the database holds a NUL, and nobody means one: an address with it gets to no route. */
export function refuseNul(request: Request, _response: Response, next: NextFunction): void {
  // Node refuses the character itself, so what stands there is percent-encoded.
  const hasNul = request.originalUrl.includes('%00');
  next(hasNul ? new DomainError('invalid', 'request', 'The address has a NUL character.') : undefined);
}
