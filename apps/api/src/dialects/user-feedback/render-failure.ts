import { STATUS_CODES } from 'node:http';
import type { DomainError, ErrorCode } from '#libs/platform/errors/domain-error.js';
import type { FailureContext, RenderedError } from '#apps/api/src/http/dialect.js';
import { routeOf } from '#apps/api/src/http/exchange.js';

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported: 415,
  unprocessable: 422,
  limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

interface KnownFailure {
  readonly status: number;
  readonly code?: string;
  readonly message: string;
}

/** What is missing, in the published API's words. It answers 400 for most of it, where 404 is what is meant. */
const MISSING: Readonly<Record<string, KnownFailure>> = {
  project: { status: 404, code: 'ProjectNotFound', message: 'project is not found' },
  channel: { status: 404, code: 'ChannelNotFound', message: 'channel is not found' },
  issue: { status: 404, code: 'IssueNotFound', message: 'issue is not found' },
  category: { status: 404, code: 'CategoryNotFound', message: 'category is not found' },
  feedback: { status: 404, message: 'unknown id' },
};

/** Names that are taken: the published API has a word for the one who makes, and another for the one who renames. */
const TAKEN: Readonly<Record<string, KnownFailure>> = {
  'POST issue': { status: 400, code: 'IssueNameDuplicated', message: 'issue name is duplicated' },
  'PUT issue': {
    status: 400,
    code: 'IssueInvalidName',
    message: 'Issue name is invalid: Duplicated name',
  },
  'POST category': { status: 400, code: 'CategoryNameDuplicated', message: 'category name is duplicated' },
  'PUT category': {
    status: 400,
    code: 'CategoryNameInvalid',
    message: 'category name is invalid: Invalid name',
  },
  'DELETE issue-category': { status: 400, message: 'Category id does not match' },
};

/** How this API says that something went wrong: with a code of its own, or with the reason that HTTP has for it. */
export function renderFailure(error: DomainError, { request }: FailureContext): RenderedError {
  const { status, code, message } = known(error, request) ?? {
    status: STATUS[error.code],
    message: error.details.violations?.map((violation) => violation.message) ?? error.message,
  };
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    body: {
      statusCode: status,
      message,
      ...(code === undefined ? { error: STATUS_CODES[status] } : { code }),
      path: request.originalUrl,
    },
  };
}

function known(error: DomainError, request: FailureContext['request']): KnownFailure | undefined {
  if (error.code === 'conflict') return TAKEN[`${request.method} ${error.subject}`];
  if (error.code !== 'not_found') return undefined;
  if (error.subject === 'request') {
    return { status: 404, message: `Cannot ${request.method} ${request.originalUrl}` };
  }
  // On the routes of one feedback it does not say which of the two ids is unknown.
  const isLink = error.subject === 'issue' && routeOf(request).includes(':feedbackId');
  return MISSING[isLink ? 'feedback' : error.subject];
}
