import { DomainError } from '#libs/platform/errors/domain-error.js';

/** What the body parser of Express rejects with. */
interface ParserError {
  readonly type?: string;
  readonly status?: number;
}

/** Says in the house's words why a body could not be read. */
export function bodyError(error: unknown): unknown {
  const { type, status } = error as ParserError;
  switch (type) {
    case 'entity.too.large':
      return new DomainError('too_large', 'body', 'The request body is too large.', {}, error);
    case 'entity.parse.failed':
      return new DomainError('invalid', 'body', 'The request body is not valid JSON.', {}, error);
    case 'entity.verify.failed':
      return new DomainError('invalid', 'body', 'The request body is not valid UTF-8.', {}, error);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new DomainError(
        'unsupported',
        'body',
        'The encoding of the request body is not supported.',
        {},
        error,
      );
    case 'parameters.too.many':
      return new DomainError('too_large', 'body', 'The request body has too many parameters.', {}, error);
    default:
      return status !== undefined && status < 500
        ? new DomainError('invalid', 'body', 'The request body could not be read.', {}, error)
        : error;
  }
}
