import { createHmac, hkdfSync } from 'node:crypto';
import { sameDigest } from './secrets.js';

/** Signs what a link allows and until when, so that whoever holds the link needs no other credential. */
export class LinkSigner {
  private readonly key: Buffer;

  /** @param secretKey of the deployment; signatures are made with a key of their own that is derived from it */
  constructor(secretKey: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secretKey, '', 'chorus link', 32));
  }

  /** @param expires seconds since 1970 */
  sign(what: string, expires: number): string {
    return this.digest(what, expires).toString('base64url');
  }

  /** Whether the signature is ours and has not expired. */
  verify(what: string, expires: number, signature: string, now: Date): boolean {
    const given = Buffer.from(signature, 'base64url');
    return sameDigest(given, this.digest(what, expires)) && now.getTime() < expires * 1000;
  }

  private digest(what: string, expires: number): Buffer {
    return createHmac('sha256', this.key).update(`${expires}\n${what}`).digest();
  }
}
