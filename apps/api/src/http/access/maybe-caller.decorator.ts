import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import { exchangeOf } from '../exchange.js';

/** The principal of a public route's caller; undefined when no credentials came. */
export const MaybeCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | undefined =>
    exchangeOf(context.switchToHttp().getRequest<Request>()).principal,
);
