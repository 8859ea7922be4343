import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Holds that an order names each of these rows, and each of them once. @throws DomainError invalid */
export function requireSame(
  member: string,
  rows: readonly { readonly id: string }[],
  ids: readonly string[],
): void {
  const named = new Set(ids);
  if (ids.length === rows.length && rows.every(({ id }) => named.has(id))) return;
  const message = `${member} must name each of the ${rows.length} that there are, once.`;
  throw new DomainError('invalid', 'order', message, { violations: [{ field: member, message }] });
}
