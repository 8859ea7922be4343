import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import type { Dialect } from './dialect.js';

/** What the house knows of a request, beside what Express knows. Set by the first middleware, filled by the guard. */
export interface Exchange {
  readonly requestId: string;
  readonly dialect: Dialect | undefined;
  principal?: Principal;
}

const KEY = Symbol('exchange');

export function openExchange(request: Request, exchange: Exchange): void {
  (request as unknown as Record<symbol, Exchange>)[KEY] = exchange;
}

export function exchangeOf(request: Request): Exchange {
  return (request as unknown as Record<symbol, Exchange>)[KEY]!;
}

/** The route's template (`/api/client/feedbacks/:feedbackId`), never the raw path: that may hold ids or secrets. */
export function routeOf(request: Request): string {
  return (request.route as { path?: string } | undefined)?.path ?? 'unmatched';
}
