import multer from 'multer';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { SpoolFailure } from './spool-engine.js';
import type { UploadLimits } from './upload-limits.js';

const MALFORMED = 'The multipart body is malformed.';
const RETRY_AFTER_SECONDS = 5;

export const uploadErrors = {
  notMultipart: () =>
    new DomainError(
      'unsupported',
      'body',
      'The request body must be multipart/form-data without a content encoding.',
    ),
  noBoundary: () =>
    new DomainError('invalid', 'body', 'The Content-Type header of the request has no boundary.'),
  malformed: (cause?: unknown) => new DomainError('invalid', 'body', MALFORMED, {}, cause),
  tooLarge: () => new DomainError('too_large', 'request', 'The request is too large.'),
  /** Nobody is left to read it; its reason lets a log tell it from bad input. */
  aborted: (cause?: unknown) =>
    new DomainError('invalid', 'request', 'The request was cut off.', { reason: 'aborted' }, cause),
  noFileName: (fieldName: string) =>
    invalidFiles(fieldName, `Each part named "${fieldName}" must have a file name.`),
};

/** The public error for what multer, busboy or the spool engine failed with. */
export function toUploadError(error: unknown, fieldName: string, limits: UploadLimits): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof SpoolFailure) {
    const message = 'Files cannot be received at the moment, please try again later.';
    return new DomainError('unavailable', 'files', message, { retryAfter: RETRY_AFTER_SECONDS }, error);
  }
  if (!(error instanceof multer.MulterError)) return uploadErrors.malformed(error);
  switch (error.code) {
    case 'LIMIT_FILE_COUNT':
      return invalidFiles('files', `At most ${limits.maxFiles} files can be attached in one request.`);
    case 'LIMIT_UNEXPECTED_FILE':
      return invalidFiles(fieldName, `Files must be sent in parts named "${fieldName}".`);
    case 'LIMIT_PART_COUNT':
    case 'LIMIT_FIELD_COUNT':
      return new DomainError('invalid', 'body', 'The multipart body has too many parts.', {}, error);
    case 'LIMIT_FIELD_KEY':
    case 'LIMIT_FIELD_VALUE':
      return new DomainError('invalid', 'body', 'A field of the multipart body is too long.', {}, error);
    default:
      return uploadErrors.malformed(error);
  }
}

function invalidFiles(field: string, message: string): DomainError {
  return new DomainError('invalid', 'files', message, { violations: [{ field, message }] });
}
