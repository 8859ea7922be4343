import { invalidClient, oauthError } from './oauth-error.js';

/** A token request with everything read out of it. */
export interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string;
  /** How the client authenticated: it decides the status of a refusal. */
  readonly via: 'basic' | 'body';
  /** Space-separated, or undefined when the client asks for all it is allowed. */
  readonly scope: string | undefined;
}

/**
 * Reads a token request (RFC 6749, 4.4.2 and 2.3.1). Unknown parameters are ignored, an empty one counts as left out.
 * @throws DomainError with the OAuth error's name as its reason
 */
export function readTokenRequest(body: unknown, authorization: string | undefined): TokenRequest {
  const parameters = readParameters(body);
  const basic = readBasic(authorization);
  const grantType = parameters.get('grant_type');
  const named = parameters.get('client_id');
  // Naming the client once more is harmless; two ways to authenticate are not (RFC 6749, 2.3).
  if (basic && (parameters.has('client_secret') || (named !== undefined && named !== basic.clientId))) {
    throw oauthError('invalid_request', 'Client credentials were sent both in the header and in the body.');
  }
  if (grantType === undefined) throw oauthError('invalid_request', 'grant_type is required.');
  if (grantType !== 'client_credentials') {
    throw oauthError('unsupported_grant_type', 'grant_type must be client_credentials.');
  }
  const clientId = basic?.clientId ?? named;
  const clientSecret = basic?.clientSecret ?? parameters.get('client_secret');
  const via = basic ? 'basic' : 'body';
  if (!clientId || !clientSecret) throw invalidClient(via);
  return { clientId, clientSecret, via, scope: parameters.get('scope') };
}

function readParameters(body: unknown): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string') {
      throw oauthError('invalid_request', 'A parameter must not be sent more than once.');
    }
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
}

/** HTTP Basic with form-encoded name and secret, as RFC 6749, 2.3.1 and appendix B have it. */
function readBasic(authorization: string | undefined) {
  if (authorization === undefined) return undefined;
  const encoded = /^Basic +([A-Za-z0-9+/_-]+=*) *$/i.exec(authorization)?.[1];
  if (encoded === undefined) throw invalidClient('basic');
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) throw invalidClient('basic');
  return { clientId: formDecode(pair.slice(0, colon)), clientSecret: formDecode(pair.slice(colon + 1)) };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient('basic');
  }
}
