import { DomainError } from '#libs/platform/errors/domain-error.js';

/** What every change moves, and a version can be told by. */
interface Versioned {
  readonly updatedAt: Date;
}

/** The version of a thing (RFC 9110, 8.8.3). */
export function etagOf({ updatedAt }: Versioned): string {
  return `"${updatedAt.getTime()}"`;
}

/**
 * What an `If-Match` header asks of the thing that is about to be changed; undefined without one. Weak tags never
 * match (RFC 9110, 13.1.1).
 */
export function precondition(header: string | undefined): ((current: Versioned) => void) | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = new Set(header.split(',').map((tag) => tag.trim()));
  return (current) => {
    if (tags.has(etagOf(current))) return;
    throw new DomainError(
      'precondition_failed',
      'version',
      'It was changed since: read it again and look at what is new.',
      { headers: { ETag: etagOf(current) } },
    );
  };
}
