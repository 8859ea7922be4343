import type { Database } from '#libs/platform/database/database.js';

/**
 * Hands out ids of a sequence before a write is tried: a process takes a block (the sequence's own increment) per
 * round trip. Ids are unique, not gapless, and say nothing of the order between processes.
 */
export class IdBlocks {
  private next = 0;
  private end = 0;
  private refill: Promise<void> | undefined;

  constructor(
    private readonly db: Database,
    private readonly sequence: string,
    /** The `increment by` of the sequence. */
    private readonly size: number,
  ) {}

  async take(): Promise<number> {
    while (this.next >= this.end) await (this.refill ??= this.fetch());
    return this.next++;
  }

  private async fetch(): Promise<void> {
    try {
      const [row] = await this.db.query<{ first: number }>('select nextval($1::regclass) as first', [
        this.sequence,
      ]);
      this.next = row!.first;
      this.end = row!.first + this.size;
    } finally {
      this.refill = undefined;
    }
  }
}
