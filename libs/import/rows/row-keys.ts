import { createHmac, hash } from 'node:crypto';
import type { CheckedRow } from './check-row.js';
import { DigestCounter } from './digest-counter.js';

/**
 * Gives each row of one payload the key that tells whether its source has brought it before: SHA-256 over the source,
 * the date as sent, the name, the content, and which one of identical rows it is, because people do write the same
 * thing in the same second. A row's own id wins over what it says. What is digested is what was sent, before masking;
 * a secret goes in first, so that nobody can find a masked number by trying all of them against the key.
 */
export class RowKeys {
  private readonly prefix: string;
  private readonly seen = new DigestCounter();

  constructor(sourceId: string, secret: Buffer) {
    this.prefix = `${createHmac('sha256', secret).update(`import rows of ${sourceId}`).digest('hex')}\0`;
  }

  /** 64 hexadecimal digits. */
  next({ externalId, date, name, content, occurrence }: CheckedRow): string {
    if (externalId !== undefined) return this.digest('id', externalId);
    // No member holds a NUL, so that no two rows make one text.
    const first = this.digest('row', `${date}\0${name}\0${content}`);
    const count = occurrence ?? this.seen.count(first);
    return count === 1 ? first : this.digest('again', `${first}\0${count}`);
  }

  private digest(kind: string, text: string): string {
    return hash('sha256', `${this.prefix}${kind}\0${text}`, 'hex');
  }
}
