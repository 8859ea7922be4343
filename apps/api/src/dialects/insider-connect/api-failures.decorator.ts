import { describeFailures } from '#apps/api/src/http/openapi/describe-failures.js';
import { FailureEnvelope } from './dto/envelope.dto.js';

const FAILURES = {
  400: 'What was sent is wrong; `errors` says what.',
  401: 'The token is missing, expired or revoked.',
  403: 'The token lacks the scope.',
  404: 'There is no such feedback in the channel of this client.',
  409: 'The project is archived, or a request with this Idempotency-Key is in flight.',
  413: 'The body is too large.',
  415: 'The body has another media type.',
  422: 'This Idempotency-Key was used with another request.',
  429: 'Wait `Retry-After` seconds.',
  503: 'Try again after `Retry-After` seconds.',
} as const;

/** Documents how a route fails; what every route shares is added by itself. */
export function ApiFailures(...statuses: (keyof typeof FAILURES)[]): MethodDecorator {
  return describeFailures({ type: FailureEnvelope }, FAILURES, [400, 401, 403, ...statuses, 429, 503]);
}
