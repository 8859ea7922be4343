import { HttpException } from '@nestjs/common';
import { unavailableWhenDown } from '#libs/platform/database/database-errors.js';
import { DomainError, type ErrorCode } from '#libs/platform/errors/domain-error.js';

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  410: 'gone',
  412: 'precondition_failed',
  413: 'too_large',
  415: 'unsupported',
  422: 'unprocessable',
  429: 'limited',
  503: 'unavailable',
};

/** Whatever was thrown, as the one error that dialects know how to render. What nobody foresaw is `internal`. */
export function asDomainError(thrown: unknown): DomainError {
  const error = unavailableWhenDown(thrown);
  if (error instanceof DomainError) return error;
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    // Express and Nest reject what they cannot route or decode; their messages may quote the request.
    return new DomainError(
      CODES[status] ?? 'invalid',
      'request',
      status === 404 ? 'There is nothing at this address.' : 'The request could not be understood.',
      {},
      error,
    );
  }
  return new DomainError('internal', 'request', 'Something went wrong on our side.', {}, error);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  return typeof status === 'number' ? status : typeof statusCode === 'number' ? statusCode : undefined;
}
