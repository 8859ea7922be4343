import { hash } from 'node:crypto';
import { MAX_CONTENT, MAX_NAME } from './check-row.js';
import { copyBytes } from './copy-bytes.js';

/** Bytes that are added at most: each character has up to four, and a date and two separators are short. */
const MOST = 32 + 4 * (MAX_NAME + MAX_CONTENT);
/** Views that are kept: of this many first bytes at most. */
const VIEWS = 1024;

/** Text that is put together as UTF-8 to be digested, again and again with the same beginning. */
export class Digested {
  private readonly bytes: Buffer;
  private readonly start: number;
  private length: number;
  /** The first bytes, by their number: making a view of them takes a tenth of the time of digesting them. */
  private readonly views: Buffer[] = [];

  constructor(beginning: string) {
    this.bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(beginning) + MOST);
    this.length = this.start = this.bytes.write(beginning);
  }

  add(text: string): this {
    this.length += this.bytes.write(text, this.length);
    return this;
  }

  addBytes(bytes: Buffer, from: number, to: number): this {
    this.length += copyBytes(bytes, from, to, this.bytes, this.length);
    return this;
  }

  addNul(): void {
    this.bytes[this.length++] = 0;
  }

  /** SHA-256 of all of it, in hexadecimal; what is added next comes behind the beginning. */
  end(): string {
    const { length } = this;
    this.length = this.start;
    const view =
      length < VIEWS
        ? (this.views[length] ??= this.bytes.subarray(0, length))
        : this.bytes.subarray(0, length);
    return hash('sha256', view, 'hex');
  }
}
