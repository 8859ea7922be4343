import { createHmac } from 'node:crypto';
import type { CheckedRow } from './check-row.js';
import { DigestCounter } from './digest-counter.js';
import { Digested } from './digested.js';
import type { PlainRow } from './plain-row.js';

/**
 * Gives each row of one payload the key that tells whether its source has brought it before: SHA-256 over the source,
 * the date as sent, the name, the content, and which one of identical rows it is, because people do write the same
 * thing in the same second. A row's own id wins over what it says. What is digested is what was sent, before masking;
 * a secret goes in first, so that nobody can find a masked number by trying all of them against the key.
 */
export class RowKeys {
  private readonly rows: Digested;
  private readonly ids: Digested;
  private readonly again: Digested;
  private readonly seen = new DigestCounter();

  constructor(sourceId: string, secret: Buffer) {
    const prefix = createHmac('sha256', secret).update(`import rows of ${sourceId}`).digest('hex');
    this.rows = new Digested(`${prefix}\0row\0`);
    this.ids = new Digested(`${prefix}\0id\0`);
    this.again = new Digested(`${prefix}\0again\0`);
  }

  /** 64 hexadecimal digits. */
  next({ externalId, date, name, content, occurrence }: CheckedRow): string {
    if (externalId !== undefined) return this.ids.add(externalId).end();
    // No member holds a NUL, so that no two rows make one text.
    return this.ofOccurrence(this.rows.add(`${date}\0${name}\0${content}`).end(), occurrence);
  }

  /** The same for a row that is good. */
  nextPlain(row: PlainRow): string {
    const { bytes } = row;
    if (row.externalId >= 0) return this.ids.addBytes(bytes, row.externalId, row.externalIdEnd).end();
    this.rows.addBytes(bytes, row.date, row.dateEnd);
    this.rows.addNul();
    this.rows.addBytes(bytes, row.name, row.nameEnd);
    this.rows.addNul();
    this.rows.addBytes(bytes, row.content, row.contentEnd);
    return this.ofOccurrence(this.rows.end(), undefined);
  }

  private ofOccurrence(first: string, occurrence: number | undefined): string {
    const count = occurrence ?? this.seen.count(first);
    return count === 1 ? first : this.again.add(`${first}\0${count}`).end();
  }
}
