import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import { exchangeOf } from '../exchange.js';

/** The principal that the guard found; only on routes that ask for credentials. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = exchangeOf(context.switchToHttp().getRequest<Request>());
  if (!principal) throw new Error('@Caller() on a route without credentials.');
  return principal;
});
