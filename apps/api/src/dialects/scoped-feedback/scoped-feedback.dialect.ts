import { Injectable, type Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import type { DomainError } from '#libs/platform/errors/domain-error.js';
import { SECURITY_SCHEME } from '#apps/api/src/http/access/allow.decorator.js';
import { authenticateBearer } from '#apps/api/src/http/access/authenticate-bearer.js';
import { UserBearerStrategy } from '#apps/api/src/http/access/user-bearer.strategy.js';
import { Dialect, type FailureContext, type RenderedError } from '#apps/api/src/http/dialect.js';
import { renderProblem } from '#apps/api/src/http/errors/problem.js';
import { ScopedProblem } from './dto/problem.dto.js';
import { NAME } from './scoped-feedback.name.js';
import { ScopedFeedbackModule } from './scoped-feedback.module.js';
import { ServerBearer } from './server-bearer.js';

/** Feedback about servers, networks, services and extensions, from people who signed in and from servers. */
@Injectable()
export class ScopedFeedbackDialect extends Dialect {
  readonly name = NAME;
  readonly title = 'Scoped Feedback';
  readonly prefixes = ['/v1/feedback'];
  readonly cors = 'listed';
  readonly bodyLimit = 262_144;
  readonly module: Type = ScopedFeedbackModule;
  override readonly models = [ScopedProblem];

  constructor(
    private readonly users: UserBearerStrategy,
    private readonly servers: ServerBearer,
  ) {
    super();
  }

  /** Whoever names a server is that server or nobody. */
  authenticate(request: Request): Promise<Principal> {
    return request.headers['x-server-id'] === undefined
      ? authenticateBearer(this.users, request)
      : this.servers.authenticate(request);
  }

  renderError(error: DomainError, context: FailureContext): RenderedError {
    const rendered = renderProblem(error, context);
    return { ...rendered, body: { ...(rendered.body as object), instance: context.request.path } };
  }

  describe(document: DocumentBuilder): DocumentBuilder {
    return document
      .setDescription(
        'Feedback that belongs to a scope: everything (`global`), a server, a network, a service or an extension. ' +
          'People send the token of `/api/auth/sign-in`; what they may do is decided by permissions ' +
          '(`feedback:read`, `feedback:write`, `feedback:edit`), roles and default roles of the scope. Servers send ' +
          'their secret as the bearer token and their id as `X-Server-Id`; they create feedback in their own scope ' +
          "and their network's. `nextCursor`, `Link`, `ETag`, `If-Match`, `Idempotency-Key`, history and explain are " +
          'extensions of the published API.',
      )
      .addBearerAuth({ type: 'http', scheme: 'bearer' }, SECURITY_SCHEME);
  }
}
