import type { NextFunction, Request, Response } from 'express';
import type { CorsRule } from '../dialect.js';
import { exchangeOf } from '../exchange.js';
import type { RouteInventory } from '../route-inventory.js';

const REQUEST_HEADERS =
  'Content-Type, Authorization, X-Api-Key, Api-Key, ApiKey, api_key, X-Server-Id, X-Request-Id, Idempotency-Key, If-Match';
const RESPONSE_HEADERS =
  'X-Request-Id, Location, Link, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, ETag, Content-Disposition, X-Import-Id';

/**
 * Browsers: who may read an answer is the dialect's rule; there are no cookies anywhere. Also answers OPTIONS, with
 * what a path allows.
 */
export function corsMiddleware(routes: RouteInventory, listed: readonly string[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { origin } = request.headers;
    const rule = exchangeOf(request).dialect?.cors ?? 'nobody';
    const allowed = origin === undefined ? undefined : allowedOrigin(rule, origin, listed);
    if (rule === 'listed') response.setHeader('Vary', 'Origin');
    if (allowed) {
      response.setHeader('Access-Control-Allow-Origin', allowed);
      response.setHeader('Access-Control-Expose-Headers', RESPONSE_HEADERS);
    }
    if (request.method !== 'OPTIONS') return next();
    const methods = routes.methodsOf(request.path);
    if (methods.length === 0) return next();
    response.setHeader('Allow', [...methods, 'OPTIONS'].join(', '));
    if (allowed && request.headers['access-control-request-method'] !== undefined) {
      response.setHeader('Access-Control-Allow-Methods', methods.join(', '));
      response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
      response.setHeader('Access-Control-Max-Age', '86400');
    }
    response.statusCode = 204;
    response.end();
  };
}

function allowedOrigin(rule: CorsRule, origin: string, listed: readonly string[]): string | undefined {
  if (rule === 'anyone') return '*';
  return rule === 'listed' && listed.includes(origin) ? origin : undefined;
}
