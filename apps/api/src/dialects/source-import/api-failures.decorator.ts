import { describeFailures } from '#apps/api/src/http/openapi/describe-failures.js';
import { ImportFailure } from './dto/import.dto.js';

const FAILURES = {
  400: 'The request was malformed: the message names the first row and member at fault, `errors` up to 100 of them.',
  401: 'The key is missing, unknown, revoked or expired.',
  403: 'The key is not allowed to do this.',
  404: 'There is no such thing within the reach of this key.',
  409: 'The project is archived, or a request with this Idempotency-Key is in flight.',
  413: 'The body is too large, or has too many rows.',
  415: 'The body has another media type.',
  422: 'This Idempotency-Key was used with another request.',
  429: 'Wait `Retry-After` seconds.',
  500: 'An error occurred on the server.',
  503: 'Try again after `Retry-After` seconds.',
} as const;

/** Documents how a route fails; what every route shares is added by itself. */
export function ApiFailures(...statuses: (keyof typeof FAILURES)[]): MethodDecorator {
  return describeFailures({ type: ImportFailure }, FAILURES, [
    400,
    401,
    403,
    404,
    ...statuses,
    429,
    500,
    503,
  ]);
}
