import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/**
 * No text of the database holds a NUL, and nobody means one: a query with it gets to no route. What stands in a path is
 * an id, and each dialect has its own answer to what is none.
 */
export function refuseNul(request: Request, _response: Response, next: NextFunction): void {
  const start = request.originalUrl.indexOf('?');
  // Node refuses the character itself, so what stands there is percent-encoded.
  const hasNul = start >= 0 && request.originalUrl.includes('%00', start);
  next(hasNul ? refusal(request.originalUrl.slice(start + 1)) : undefined);
}

function refusal(query: string): DomainError {
  const names = [...new URLSearchParams(query)]
    .filter(([name, value]) => `${name}${value}`.includes('\0'))
    .map(([name]) => name.replaceAll('\0', ''));
  return new DomainError('invalid', 'query', 'The query has a NUL character.', {
    violations: names.map((field) => ({
      field,
      message: `The query parameter "${field}" has a NUL character.`,
    })),
  });
}
