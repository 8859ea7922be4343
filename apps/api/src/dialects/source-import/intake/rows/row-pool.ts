import { PlainRow } from '#libs/import/rows/plain-row.js';
import { scanRow } from './scan-row.js';

/** Plain rows that are used again and again: a new one for each would keep the garbage collector busy. */
export class RowPool {
  private readonly rows: PlainRow[] = [];
  private used = 0;
  /** The place behind the row that was scanned last. */
  end = 0;

  /** What was scanned before is not needed any more. */
  reclaim(): void {
    this.used = 0;
  }

  /**
   * The plain row that is next in some bytes, by `scanRow`; good until it is reclaimed. Undefined when it takes more to
   * read it.
   */
  scan(bytes: Buffer, from: number, to: number): PlainRow | undefined {
    const row = (this.rows[this.used] ??= new PlainRow(bytes));
    this.end = scanRow(row, bytes, from, to);
    if (this.end < 0) return undefined;
    this.used++;
    return row;
  }
}
