import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
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
} as const;

/** Documents how a route fails; what every route shares is added by itself. */
export function ApiFailures(...statuses: (keyof typeof FAILURES)[]): MethodDecorator {
  return applyDecorators(
    ...[400, 401, 403, ...statuses]
      .filter((status, index, all) => all.indexOf(status) === index)
      .map((status) =>
        ApiResponse({
          status,
          type: FailureEnvelope,
          description: FAILURES[status as keyof typeof FAILURES],
        }),
      ),
    ApiResponse({ status: 429, type: FailureEnvelope, description: 'Wait `Retry-After` seconds.' }),
    ApiResponse({
      status: 503,
      type: FailureEnvelope,
      description: 'Try again after `Retry-After` seconds.',
    }),
  );
}
