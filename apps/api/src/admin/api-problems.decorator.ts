import { PROBLEM_CONTENT } from '#apps/api/src/http/errors/problem-content.js';
import { describeFailures } from '#apps/api/src/http/openapi/describe-failures.js';

const PROBLEMS = {
  400: 'What was sent is wrong; `errors` points at it.',
  401: 'The token is missing or no good.',
  403: 'The user is not allowed to do this.',
  404: 'There is no such thing in the account of the user.',
  409: 'It does not fit what is there.',
  412: 'It was changed since it was read.',
  413: 'The body is too large.',
  415: 'The body has another media type.',
  422: 'It cannot be done as it was asked for.',
  429: 'Wait `Retry-After` seconds.',
  503: 'Try again after `Retry-After` seconds.',
} as const;

type Status = keyof typeof PROBLEMS;

/** Documents how a route fails; what every route shares is added by itself. */
export function ApiProblems(...statuses: Status[]): MethodDecorator {
  return describeFailures({ content: PROBLEM_CONTENT }, PROBLEMS, [400, 401, ...statuses, 429, 503]);
}
