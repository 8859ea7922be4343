import { DomainError } from '#libs/platform/errors/domain-error.js';

/** A request that this API refuses with one sentence. */
export function refused(message: string): DomainError {
  return new DomainError('invalid', 'body', message);
}

/** A body, or a part of it, that is free in its members. @throws DomainError invalid */
export function asObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new DomainError('invalid', 'body', 'Validation failed (object is expected)', {
    violations: [{ field: '', message: 'Validation failed (object is expected)' }],
  });
}
