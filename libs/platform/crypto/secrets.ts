import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random secret of 256 bits with a visible prefix, so that a leaked one is recognised: `<prefix>_<43 characters>`. */
export function randomSecret(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** 32 bytes. Enough for secrets that are random; passwords need `PasswordHasher`. */
export function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** Compares two digests of equal length in constant time. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
