import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { describeFailures } from '#apps/api/src/http/openapi/describe-failures.js';
import { ApiFailure } from './dto/failure.dto.js';

const SHAPE = { type: ApiFailure };
const FAILURES = {
  400: 'What was sent is wrong; `message` says what.',
  401: 'The key is missing, unknown, expired or revoked.',
  403: 'The key belongs to another project.',
  404: 'What the path names is not in this project.',
  409: 'The project is archived, or a request with this Idempotency-Key is in flight.',
  413: 'The body or a file is too large.',
  415: 'The body has another media type.',
  422: 'This Idempotency-Key was used with another request, or the search takes too long.',
  429: 'Wait `Retry-After` seconds.',
  503: 'Try again after `Retry-After` seconds.',
} as const;

type Status = keyof typeof FAILURES;

/** Documents how a route with a key fails; what every route shares is added by itself. */
export function ApiFailures(...statuses: Status[]): MethodDecorator {
  return describeFailures(SHAPE, FAILURES, [400, 401, 403, 404, ...statuses, 429, 503]);
}

/** Documents how a route that takes a body fails. */
export function ApiBodyFailures(...statuses: Status[]): MethodDecorator {
  return ApiFailures(409, 413, 415, ...statuses);
}

/** Documents how a public route fails. */
export function ApiPublicFailures(...statuses: Status[]): MethodDecorator {
  return describeFailures(SHAPE, FAILURES, [400, 403, 404, ...statuses, 429, 503]);
}

/** A create that can be sent again safely. */
export function ApiIdempotent(): MethodDecorator {
  return applyDecorators(
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes a retry safe for 24 hours.' }),
    ApiBodyFailures(422),
  );
}
