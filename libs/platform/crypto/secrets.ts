import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';

const BYTES = 32;
/** Random bytes for many secrets at a time: asking for each of them takes longer than all that is done with it. */
const pool = Buffer.allocUnsafeSlow(128 * BYTES);
let used = pool.length;

/** A random secret of 256 bits with a visible prefix, so that a leaked one is recognised: `<prefix>_<43 characters>`. */
export function randomSecret(prefix: string): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const end = used + BYTES;
  const secret = pool.toString('base64url', used, end);
  // What was handed out is nowhere else.
  pool.fill(0, used, end);
  used = end;
  return `${prefix}_${secret}`;
}

/** 32 bytes. Enough for secrets that are random; passwords need `PasswordHasher`. */
export function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** Compares two digests of equal length in constant time. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
