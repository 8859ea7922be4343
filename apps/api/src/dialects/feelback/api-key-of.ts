import type { Request } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { parseRawQuery } from './calls/raw-query.js';

const SCHEME = /^api[-_]?key(?: +(.*))?$/i;
const HEADERS = ['x-api-key', 'api-key', 'apikey', 'api_key'] as const;
const PARAMETERS: ReadonlySet<string> = new Set(HEADERS);

/**
 * The key that a request presents: `Authorization: API-KEY <key>` or a header of its own. An Authorization of another
 * scheme is somebody else's (a proxy's, say) and presents none.
 * @throws DomainError unauthenticated when a key stands in the address, where it gets into logs
 */
export function apiKeyOf(request: Request): string | undefined {
  const { others } = parseRawQuery(request.originalUrl);
  if (others.some(([name]) => PARAMETERS.has(name.toLowerCase()))) {
    throw new DomainError(
      'unauthenticated',
      'key',
      'The API key must be sent in a header, never in the address.',
    );
  }
  const authorization = SCHEME.exec(request.headers.authorization ?? '');
  if (authorization) return authorization[1]?.trim() ?? '';
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') return value.trim();
  }
  return undefined;
}
