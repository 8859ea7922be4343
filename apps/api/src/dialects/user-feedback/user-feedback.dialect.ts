import { Injectable, type Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import { ApiKeyAuthentication } from '#libs/auth/api-keys/api-key-authentication.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { SECURITY_SCHEME } from '#apps/api/src/http/access/allow.decorator.js';
import { Dialect, type FailureContext, type RenderedError } from '#apps/api/src/http/dialect.js';
import { INTEGER } from './path-id.pipe.js';
import { renderFailure } from './render-failure.js';
import { MODELS } from './models.js';
import { NAME } from './user-feedback.name.js';
import { UserFeedbackModule } from './user-feedback.module.js';

/** Channels with fields of their own, search, issues and categories, for programs that hold the key of a project. */
@Injectable()
export class UserFeedbackDialect extends Dialect {
  readonly name = NAME;
  readonly title = 'User Feedback';
  readonly prefixes = ['/api/projects', '/api/v2/projects', '/files'];
  readonly cors = 'anyone';
  readonly bodyLimit = 1_048_576;
  readonly module: Type = UserFeedbackModule;
  override readonly models = MODELS;

  constructor(private readonly keys: ApiKeyAuthentication) {
    super();
  }

  /** A key opens one project, the one in the path. @throws DomainError unauthenticated, forbidden (another project) */
  async authenticate(request: Request): Promise<Principal> {
    const value = request.headers['x-api-key'];
    const principal = typeof value === 'string' ? await this.keys.byKey(NAME, value) : undefined;
    if (!principal) {
      throw new DomainError('unauthenticated', 'api-key', 'The x-api-key header must hold a valid API key.', {
        headers: { 'WWW-Authenticate': 'ApiKey realm="user-feedback"' },
      });
    }
    const { projectId } = request.params;
    // What is no number is for the route to refuse.
    if (
      typeof projectId === 'string' &&
      INTEGER.test(projectId) &&
      Number(projectId) !== principal.projectId
    ) {
      throw new DomainError('forbidden', 'project', 'Forbidden resource');
    }
    return principal;
  }

  renderError(error: DomainError, context: FailureContext): RenderedError {
    return renderFailure(error, context);
  }

  describe(document: DocumentBuilder): DocumentBuilder {
    return document
      .setDescription(
        'You can use this API to integrate with your own service or system. It is protected by an API key of one ' +
          'project: put it into the header `x-api-key`, and do not expose it to the public. `Idempotency-Key` and ' +
          '`X-Request-Id` are extensions of the published API.',
      )
      .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key' }, SECURITY_SCHEME);
  }
}
