import { PROBLEM_CONTENT } from '#apps/api/src/http/errors/problem-content.js';
import { describeFailures } from '#apps/api/src/http/openapi/describe-failures.js';

const PROBLEMS = {
  400: 'What was sent is wrong; `errors` points at it.',
  401: 'The credentials are missing or no good.',
  403: 'The caller is not allowed to do this in this scope.',
  404: 'There is no such feedback, or none that the caller may read.',
  409: 'The project of the inbox is archived, or a request with this Idempotency-Key is in flight.',
  412: 'The feedback is not the one that `If-Match` names any more.',
  413: 'The body is too large.',
  415: 'The body has another media type.',
  422: 'This Idempotency-Key was used with another request.',
  429: 'Wait `Retry-After` seconds.',
  503: 'Try again after `Retry-After` seconds.',
} as const;

type Status = keyof typeof PROBLEMS;

/** Documents how a route fails; what every route shares is added by itself. */
export function ApiProblems(...statuses: Status[]): MethodDecorator {
  return describeFailures({ content: PROBLEM_CONTENT }, PROBLEMS, [400, 401, 403, ...statuses, 429, 503]);
}
