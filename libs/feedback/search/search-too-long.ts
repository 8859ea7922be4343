import { sqlState } from '#libs/platform/database/database-errors.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** A search that is too much is not the database's failure: trying again would end the same way. */
export function searchTooLong(error: unknown): unknown {
  if (!(error instanceof DomainError) || sqlState(error.cause) !== '57014') return error;
  return new DomainError(
    'unprocessable',
    'search',
    'This search takes too long. Please narrow it: a range of dates, or a text of three letters and more.',
    {},
    error.cause,
  );
}
