import type { PlainRow } from '#libs/import/rows/plain-row.js';
import type { SentRow } from '#libs/import/rows/raw-row.js';
import { JsonWalk } from './json-walk.js';
import { readPieces } from '../bytes/read-pieces.js';
import { rowFrom } from '../rows/row-from.js';

/** Reads the rows of a body that was checked before. */
export class JsonRows extends JsonWalk {
  private rows: SentRow[] = [];
  private payloads = 0;

  /** @param last which `payload` counts: of members of one name the last one wins */
  constructor(private readonly last: number) {
    super();
  }

  async *read(path: string): AsyncGenerator<SentRow[]> {
    for await (const piece of readPieces(path)) {
      this.write(piece);
      const rows = this.rows;
      this.rows = [];
      yield rows;
    }
  }

  protected override onMember(name: string): void {
    if (name === 'payload') this.payloads++;
  }

  protected override onItems(name: string, items: readonly unknown[]): void {
    if (!this.counts(name)) return;
    for (const item of items) this.rows.push(rowFrom(item));
  }

  protected override onRows(name: string, rows: readonly PlainRow[]): void {
    if (this.counts(name)) this.rows.push(...rows);
  }

  private counts(name: string): boolean {
    return name === 'payload' && this.payloads === this.last;
  }
}
