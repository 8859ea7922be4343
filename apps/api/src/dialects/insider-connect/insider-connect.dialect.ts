import { Injectable, type Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import { DomainError, type ErrorCode } from '#libs/platform/errors/domain-error.js';
import { SECURITY_SCHEME } from '#apps/api/src/http/access/allow.decorator.js';
import { authenticateBearer } from '#apps/api/src/http/access/authenticate-bearer.js';
import { Dialect, type FailureContext, type RenderedError } from '#apps/api/src/http/dialect.js';
import { bearerChallenge } from '#apps/api/src/http/errors/problem.js';
import { ClientBearerStrategy } from './client-bearer.strategy.js';
import { NAME } from './insider-connect.name.js';
import { InsiderConnectModule } from './insider-connect.module.js';
import { oauthErrorName } from './oauth-error.js';
import { REALM } from './realm.js';
import { ALL_SCOPES, scopesOf } from './scope.js';

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

const TOKEN_PATH = '/connect/token';

/** Feedback from programs that hold OAuth2 client credentials. */
@Injectable()
export class InsiderConnectDialect extends Dialect {
  readonly name = NAME;
  readonly title = 'Insider Connect';
  readonly prefixes = [
    '/connect',
    '/api/client',
    '/.well-known/jwks.json',
    '/.well-known/oauth-authorization-server',
  ];
  readonly cors = 'nobody';
  readonly bodyLimit = 65_536;
  readonly module: Type = InsiderConnectModule;

  constructor(private readonly bearer: ClientBearerStrategy) {
    super();
  }

  /** A bearer token, from the Authorization header only (RFC 6750, 2.1). */
  async authenticate(request: Request): Promise<Principal> {
    if ('access_token' in request.query) {
      throw new DomainError(
        'invalid',
        'token',
        'The access token must be sent in the Authorization header.',
        {
          headers: { 'WWW-Authenticate': `Bearer realm="${REALM}", error="invalid_request"` },
        },
      );
    }
    return authenticateBearer(this.bearer, request);
  }

  renderError(error: DomainError, context: FailureContext): RenderedError {
    return context.request.path.toLowerCase().startsWith(TOKEN_PATH)
      ? renderOAuth(error)
      : renderEnvelope(error, context);
  }

  describe(document: DocumentBuilder): DocumentBuilder {
    return document
      .setDescription(
        'Get a token with client credentials, send feedback, attach files, and read back what was sent. ' +
          'Reading, `Idempotency-Key` and `X-Request-Id` are extensions of the published API.',
      )
      .addOAuth2(
        {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: TOKEN_PATH,
              scopes: Object.fromEntries(ALL_SCOPES.map((name) => [name, SCOPE_TEXT[name]])),
            },
          },
        },
        SECURITY_SCHEME,
      );
  }
}

const SCOPE_TEXT = { 'feedback.read': 'Read feedback', 'feedback.write': 'Send feedback and files' };

/** RFC 6749, 5.2: the published API wants it bare, and 400 where the web would say 415. */
function renderOAuth(error: DomainError): RenderedError {
  const status = error.code === 'unsupported' ? 400 : STATUS[error.code];
  return {
    status,
    contentType: 'application/json;charset=UTF-8',
    headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' },
    body: { error: error.details.reason ?? oauthErrorName(error.code), error_description: error.message },
  };
}

function renderEnvelope(error: DomainError, { requestId }: FailureContext): RenderedError {
  const { violations, reason } = error.details;
  const headers: Record<string, string> = {};
  if (error.code === 'unauthenticated') {
    headers['WWW-Authenticate'] = bearerChallenge(reason, error.message, REALM);
  }
  if (error.code === 'forbidden' && reason !== undefined) {
    headers['WWW-Authenticate'] =
      `Bearer realm="${REALM}", error="insufficient_scope", scope="${scopesOf([reason]).join(' ')}"`;
  }
  return {
    status: STATUS[error.code],
    contentType: 'application/json; charset=utf-8',
    headers,
    body: {
      isSuccess: false,
      data: null,
      errors: violations ? violations.map(({ message }) => message) : [error.message],
      requestId,
    },
  };
}
