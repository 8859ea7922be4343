import { DomainError } from '#libs/platform/errors/domain-error.js';

export function contentSetNotFound(): DomainError {
  return new DomainError('not_found', 'content-set', 'There is no content set with this id.');
}
