import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Scope, ScopeType } from './scope.js';

/**
 * The scope that a type and an id make: global has no id, every other type has one.
 * @param field the member that names the id, for the error
 * @throws DomainError invalid
 */
export function scopeOf(type: ScopeType, id: string | null | undefined, field = 'scopeId'): Scope {
  if ((type === 'global') === (id == null)) return { type, id: id ?? null };
  const message =
    type === 'global' ? 'The global scope has no id.' : `A scope of the type ${type} needs an id.`;
  throw new DomainError('invalid', 'scope', message, { violations: [{ field, message }] });
}
