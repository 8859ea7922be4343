import { Injectable, type Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import type { DomainError } from '#libs/platform/errors/domain-error.js';
import { SECURITY_SCHEME } from '#apps/api/src/http/access/allow.decorator.js';
import { authenticateBearer } from '#apps/api/src/http/access/authenticate-bearer.js';
import { UserBearerStrategy } from '#apps/api/src/http/access/user-bearer.strategy.js';
import { Dialect, type FailureContext, type RenderedError } from '#apps/api/src/http/dialect.js';
import { Problem } from '#apps/api/src/http/errors/problem.dto.js';
import { renderProblem } from '#apps/api/src/http/errors/problem.js';
import { AdminModule } from './admin.module.js';

/** The management API: a dialect of our own, for operators and the console. */
@Injectable()
export class AdminDialect extends Dialect {
  readonly name = 'admin';
  readonly title = 'Management';
  readonly prefixes = ['/api/admin', '/api/auth'];
  readonly cors = 'listed';
  readonly bodyLimit = 262_144;
  readonly module: Type = AdminModule;
  override readonly models = [Problem];

  constructor(private readonly bearer: UserBearerStrategy) {
    super();
  }

  authenticate(request: Request): Promise<Principal> {
    return authenticateBearer(this.bearer, request);
  }

  renderError(error: DomainError, context: FailureContext): RenderedError {
    return renderProblem(error, context);
  }

  describe(document: DocumentBuilder): DocumentBuilder {
    return document
      .setDescription(
        'What an operator and the console do: accounts, users, roles, projects, channels, credentials. ' +
          'Sign in at `/api/auth/sign-in`, then authorize with the token. Everything ends at the account of the ' +
          'user; only an operator of the platform makes accounts.',
      )
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, SECURITY_SCHEME);
  }
}
