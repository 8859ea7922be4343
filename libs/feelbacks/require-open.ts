import type { ContentRef } from '#libs/content-sets/content-ref.js';
import type { OpenSet } from '#libs/content-sets/content-sets.store.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Holds what a feelback is given to against all that may be put away. @throws DomainError unprocessable */
export function requireOpen({ set, writable }: OpenSet, content: ContentRef | undefined): void {
  const closed = !writable
    ? 'The project is archived'
    : set.state !== 'active'
      ? `The content set is ${set.state}`
      : content && content.state !== 'active'
        ? `The content is ${content.state}`
        : undefined;
  if (closed) throw new DomainError('unprocessable', 'content', `${closed}: it takes no feelbacks.`);
}
