import type { Feedback } from '#libs/feedback/feedback.entity.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** The version of a feedback (RFC 9110, 8.8.3): every change moves `updatedAt`. */
export function etagOf({ updatedAt }: Feedback): string {
  return `"${updatedAt.getTime()}"`;
}

/**
 * What an `If-Match` header asks of the feedback that is about to be changed; undefined without one. Weak tags never
 * match (RFC 9110, 13.1.1).
 */
export function precondition(header: string | undefined): ((current: Feedback) => void) | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = new Set(header.split(',').map((tag) => tag.trim()));
  return (current) => {
    if (tags.has(etagOf(current))) return;
    throw new DomainError(
      'precondition_failed',
      'feedback',
      'The feedback was changed since: read it again and look at what is new.',
      { headers: { ETag: etagOf(current) } },
    );
  };
}
