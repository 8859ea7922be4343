import type { DomainError, ErrorCode } from '#libs/platform/errors/domain-error.js';
import type { FailureContext, RenderedError } from '../dialect.js';

const PROBLEMS = {
  invalid: [400, 'Bad Request'],
  unauthenticated: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  not_found: [404, 'Not Found'],
  method_not_allowed: [405, 'Method Not Allowed'],
  conflict: [409, 'Conflict'],
  gone: [410, 'Gone'],
  precondition_failed: [412, 'Precondition Failed'],
  too_large: [413, 'Content Too Large'],
  unsupported: [415, 'Unsupported Media Type'],
  unprocessable: [422, 'Unprocessable Content'],
  limited: [429, 'Too Many Requests'],
  internal: [500, 'Internal Server Error'],
  unavailable: [503, 'Service Unavailable'],
} as const satisfies Record<ErrorCode, readonly [number, string]>;

/** RFC 9457. `errors` points at each member that is wrong (RFC 6901). */
export function renderProblem(error: DomainError, { requestId }: FailureContext): RenderedError {
  const [status, title] = PROBLEMS[error.code];
  const { violations, reason } = error.details;
  return {
    status,
    contentType: 'application/problem+json; charset=utf-8',
    headers: status === 401 ? { 'WWW-Authenticate': bearerChallenge(reason, error.message) } : {},
    body: {
      type: 'about:blank',
      title,
      status,
      detail: error.message,
      code: error.code,
      requestId,
      ...(violations && {
        errors: violations.map(({ field, message }) => ({
          pointer: field === '' ? '' : `/${field.split('.').map(escapePointer).join('/')}`,
          message,
        })),
      }),
    },
  };
}

/** RFC 6750, 3: a request without a token gets no error code. */
export function bearerChallenge(reason: string | undefined, description: string, realm = 'chorus'): string {
  if (reason !== 'invalid_token') return `Bearer realm="${realm}"`;
  return `Bearer realm="${realm}", error="invalid_token", error_description="${description}"`;
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
