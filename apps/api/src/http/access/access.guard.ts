import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { PermissionEvaluator } from '#libs/scopes/permission-evaluator.js';
import type { Dialect } from '../dialect.js';
import { exchangeOf } from '../exchange.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import { ACCESS, type Access } from './allow.decorator.js';

/** The one guard: says for every route who may call it. Runs before the body is read. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly evaluator: PermissionEvaluator,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const exchange = exchangeOf(request);
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access?.kind === 'public') {
      if (exchange.dialect?.presentsCredentials(request))
        await this.identify(request, response, exchange.dialect);
      else if (exchange.dialect) await this.limits.anonymous(request.ip ?? '', response);
      return true;
    }
    if (!access || !exchange.dialect) {
      throw new DomainError('forbidden', 'route', 'This route is not open to anybody.');
    }
    const principal = await this.identify(request, response, exchange.dialect);
    if (access.kind === 'permission' && !(await this.evaluator.allows(principal, access.permission))) {
      throw new DomainError('forbidden', 'permission', 'This credential is not allowed to do this.', {
        reason: access.permission,
      });
    }
    return true;
  }

  private async identify(request: Request, response: Response, dialect: Dialect): Promise<Principal> {
    const principal = await dialect.authenticate(request);
    exchangeOf(request).principal = principal;
    await this.limits.credential(principal, response);
    return principal;
  }
}
