import { DomainError } from '#libs/platform/errors/domain-error.js';

export function contentNotFound(): DomainError {
  return new DomainError('not_found', 'content', 'There is no content with this id.');
}
