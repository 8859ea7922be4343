import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Read from the spooled file at a time: small enough for other requests to get their turn in between. */
export const READ_BYTES = 64 * 1024;

/** What one row, or one value beside the rows, may take: memory must not grow with it. */
export const MAX_ROW_BYTES = 1024 * 1024;

export function notUtf8(cause: unknown): DomainError {
  return new DomainError('invalid', 'body', 'The request body is not valid UTF-8.', {}, cause);
}
