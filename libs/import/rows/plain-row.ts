import type { RawRow } from './raw-row.js';

/**
 * A row in the bytes of a body that nothing has to be done to: its texts are UTF-8 without escapes and without control
 * characters, so the bytes between the quotes are the text, in JSON as elsewhere. Most rows are such rows, and go from
 * the body into a block without becoming strings in between. Each text is from one place in `bytes` up to another; -1
 * without an id of its own. Bytes and row are written over when the sender of rows is asked for more.
 */
export class PlainRow {
  bytes!: Buffer;
  date!: number;
  dateEnd!: number;
  name!: number;
  nameEnd!: number;
  content!: number;
  contentEnd!: number;
  externalId!: number;
  externalIdEnd!: number;

  constructor(bytes: Buffer) {
    this.begin(bytes);
  }

  /** Makes it another row, of which nothing is known. */
  begin(bytes: Buffer): void {
    this.bytes = bytes;
    this.date = this.name = this.content = this.externalId = -1;
    this.dateEnd = this.nameEnd = this.contentEnd = this.externalIdEnd = -1;
  }

  /** The same as strings, for what is better done with them. */
  toRaw(): RawRow {
    return {
      date: this.text(this.date, this.dateEnd),
      name: this.text(this.name, this.nameEnd),
      content: this.text(this.content, this.contentEnd),
      externalId: this.externalId < 0 ? undefined : this.text(this.externalId, this.externalIdEnd),
    };
  }

  private text(from: number, to: number): string {
    return this.bytes.toString('utf8', from, to);
  }
}
