import type { NextFunction, Request, Response } from 'express';

/** For answers that are data. */
const HEADERS: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'cross-origin'],
  ['Cache-Control', 'no-store'],
];

/** For the Swagger UI, which styles itself inline. */
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

export function securityHeaders(secure: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    for (const [name, value] of HEADERS) response.setHeader(name, value);
    if (request.path === '/docs' || request.path.startsWith('/docs/')) {
      response.setHeader('Content-Security-Policy', DOCS_POLICY);
    }
    if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}
