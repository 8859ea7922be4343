import { randomSecret, sameDigest, sha256 } from '#libs/platform/crypto/secrets.js';
import type { Feelback } from './feelback.entity.js';

/** What lets its holder change a feelback or take it back, for a while. */
export interface Revocation {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What of it is kept. */
export type KeptRevocation = Pick<Feelback, 'revokeDigest' | 'revocableUntil'>;

export const NOT_REVOCABLE: KeptRevocation = { revokeDigest: null, revocableUntil: null };

/** A new token; none where the window is closed. */
export function newRevocation(
  windowSeconds: number,
  now: Date,
): { readonly issued: Revocation | undefined; readonly kept: KeptRevocation } {
  if (windowSeconds === 0) return { issued: undefined, kept: NOT_REVOCABLE };
  const token = randomSecret('chrt');
  const expiresAt = new Date(now.getTime() + windowSeconds * 1_000);
  return {
    issued: { token, expiresAt },
    kept: { revokeDigest: sha256(token), revocableUntil: expiresAt },
  };
}

/** Whether a token is the one that was issued last, and in time. */
export function allows({ revokeDigest, revocableUntil }: KeptRevocation, token: string, now: Date): boolean {
  const right = revokeDigest !== null && sameDigest(revokeDigest, sha256(token));
  return right && revocableUntil !== null && now < revocableUntil;
}
