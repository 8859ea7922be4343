import { copyBytes } from '../rows/copy-bytes.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const FIRST_BYTES = 64 * 1024;
const NONE = Buffer.alloc(0);

/** A JSON array of texts in the making, as UTF-8. */
export class JsonColumn {
  private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Of what was added, with a comma behind each item. */
  length = 0;

  add(text: string | null): void {
    const json = JSON.stringify(text);
    // A UTF-16 unit is never more than three bytes.
    this.reserve(json.length * 3);
    this.length += this.bytes.write(json, this.length);
    this.bytes[this.length++] = COMMA;
  }

  /** Adds a text of ASCII that JSON escapes nothing of. */
  addAscii(text: string): void {
    this.addBytes(NONE, 0, 0, text);
  }

  /** Adds a text that JSON escapes nothing of: the one in `bytes`, with one of ASCII behind it. */
  addBytes(bytes: Buffer, from: number, to: number, behind = ''): void {
    this.reserve(to - from + behind.length + 2);
    this.bytes[this.length++] = QUOTE;
    this.length += copyBytes(bytes, from, to, this.bytes, this.length);
    if (behind !== '') this.length += this.bytes.write(behind, this.length, 'latin1');
    this.bytes[this.length++] = QUOTE;
    this.bytes[this.length++] = COMMA;
  }

  /** Everything that was added, commas between; what is added later goes over it. */
  take(): Buffer {
    const items = this.bytes.subarray(0, Math.max(0, this.length - 1));
    this.length = 0;
    return items;
  }

  /** Makes room for `more` bytes and a comma. */
  private reserve(more: number): void {
    const needed = this.length + more + 1;
    if (needed <= this.bytes.length) return;
    const bytes = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(bytes, 0, 0, this.length);
    this.bytes = bytes;
  }
}
