import type { SeededClient } from './seed.js';

export interface OAuthError {
  readonly error: string;
  readonly error_description: string;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
}

/** The parameters of a token request that authenticates in its body. */
export function inBody({ clientId, clientSecret }: SeededClient): Record<string, string> {
  return { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
}

/** An HTTP Basic header of two texts as they are; whoever wants them form-encoded does so before. */
export function basic(name: string, secret: string): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` };
}

export const GRANT = { grant_type: 'client_credentials' };

/** The answer to credentials that are not good, whatever is wrong with them. */
export const BAD_CREDENTIALS = {
  error: 'invalid_client',
  error_description: 'Bad client credentials. Please check your client_id and client_secret.',
};

/** A part of a JWT, decoded and not verified. */
export function jwtPart(token: string, part: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[part]!, 'base64url').toString()) as Record<string, unknown>;
}

/** Form-encodes every character, which no client does and every server must read. */
export function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
