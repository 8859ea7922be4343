import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { ApiFailure } from './dto/failure.dto.js';

const FAILURES = {
  400: 'What was sent is wrong; `message` says what.',
  401: 'The key is missing, unknown, expired or revoked.',
  403: 'The key belongs to another project.',
  404: 'What the path names is not in this project.',
  409: 'The project is archived, or a request with this Idempotency-Key is in flight.',
  413: 'The body or a file is too large.',
  415: 'The body has another media type.',
  422: 'This Idempotency-Key was used with another request, or the search takes too long.',
} as const;

type Status = keyof typeof FAILURES;

/** Documents how a route with a key fails; what every route shares is added by itself. */
export function ApiFailures(...statuses: Status[]): MethodDecorator {
  return describeFailures([400, 401, 403, 404, ...statuses]);
}

/** Documents how a route that takes a body fails. */
export function ApiBodyFailures(...statuses: Status[]): MethodDecorator {
  return ApiFailures(409, 413, 415, ...statuses);
}

/** Documents how a public route fails. */
export function ApiPublicFailures(...statuses: Status[]): MethodDecorator {
  return describeFailures([400, 403, 404, ...statuses]);
}

/** A create that can be sent again safely. */
export function ApiIdempotent(): MethodDecorator {
  return applyDecorators(
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes a retry safe for 24 hours.' }),
    ApiBodyFailures(422),
  );
}

function describeFailures(statuses: readonly Status[]): MethodDecorator {
  return applyDecorators(
    ...[...new Set(statuses)].map((status) =>
      ApiResponse({ status, type: ApiFailure, description: FAILURES[status] }),
    ),
    ApiResponse({ status: 429, type: ApiFailure, description: 'Wait `Retry-After` seconds.' }),
    ApiResponse({ status: 503, type: ApiFailure, description: 'Try again after `Retry-After` seconds.' }),
  );
}
