const PART = Buffer.from('\r\n');
const END = Buffer.from('--');

/**
 * Counts the parts of a multipart body as its delimiters tell them, beside the parser: busboy says nothing about
 * a part whose `Content-Disposition` is missing or malformed, and a request must not be accepted in part.
 */
export class PartCounter {
  private readonly delimiter: Buffer;
  /**
   * The end of what was pushed, where a delimiter may have begun or its next two bytes are not known yet. The
   * first delimiter may be the very start of the body, so a line end is put before it.
   */
  private tail: Buffer = PART;
  private hasEnded = false;
  private count = 0;
  private hasStray = false;

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  /** Parts that began. */
  get parts(): number {
    return this.count;
  }

  /** True when a line within a part starts like a delimiter; parsers do not agree on what that means. */
  get isAmbiguous(): boolean {
    return this.hasStray;
  }

  push(chunk: Buffer): void {
    const seam = this.delimiter.length + 1;
    if (chunk.length <= seam) {
      const all = Buffer.concat([this.tail, chunk]);
      this.keepTail(all, this.scan(all, 0, all.length));
      return;
    }
    // Only the seam is copied, because the chunks of a large file add up.
    const before = this.tail.length;
    const next = this.scan(Buffer.concat([this.tail, chunk.subarray(0, seam)]), 0, before);
    this.keepTail(chunk, this.scan(chunk, Math.max(0, next - before), chunk.length));
  }

  /**
   * Counts the delimiters that start in `data` from `from` to `to` (exclusive).
   *
   * @returns the place from which on nothing is decided yet.
   */
  private scan(data: Buffer, from: number, to: number): number {
    let next = from;
    while (!this.hasEnded) {
      const at = data.indexOf(this.delimiter, next);
      if (at === -1 || at >= to) return Math.max(next, Math.min(to, data.length - this.delimiter.length + 1));
      const after = data.subarray(at + this.delimiter.length, at + this.delimiter.length + 2);
      if (after.length < 2) return at;
      if (after.equals(END)) this.hasEnded = true;
      else if (after.equals(PART)) this.count++;
      else this.hasStray = true;
      next = at + this.delimiter.length;
    }
    return data.length;
  }

  private keepTail(data: Buffer, from: number): void {
    this.tail = Buffer.from(data.subarray(from));
  }
}
