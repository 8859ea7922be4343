import { DomainError } from '#libs/platform/errors/domain-error.js';

const RETRY_AFTER_SECONDS = 5;

export function fileNotFound(cause: unknown): DomainError {
  return new DomainError('not_found', 'file', 'The file does not exist.', {}, cause);
}

export function storageUnavailable(cause: unknown): DomainError {
  const message = 'The file storage is not available, please try again later.';
  return new DomainError('unavailable', 'file', message, { retryAfter: RETRY_AFTER_SECONDS }, cause);
}
