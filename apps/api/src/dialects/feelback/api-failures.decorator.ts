import { describeFailures } from '#apps/api/src/http/openapi/describe-failures.js';
import { ApiError } from './dto/api-error.dto.js';

const FAILURES = {
  400: 'The arguments are wrong (`bad-request`), or the value does not fit the set (`invalid_param`).',
  401: 'The key is missing, unknown, expired or in the address.',
  403: 'The key may not do this, or the token is wrong or expired.',
  404: 'There is no such thing in the account of the key.',
  409: 'The key or the name is taken.',
  413: 'The body is too large.',
  415: 'The body has another media type than JSON.',
  422: 'It is archived or inactive, or a limit is reached.',
  429: 'Wait `Retry-After` seconds.',
  503: 'Try again after `Retry-After` seconds.',
} as const;

type Status = keyof typeof FAILURES;

/** Documents how a call fails; what every call shares is added by itself. */
export function ApiFailures(...statuses: Status[]): MethodDecorator {
  return describeFailures({ type: ApiError }, FAILURES, [400, 401, 403, ...statuses, 413, 415, 429, 503]);
}
