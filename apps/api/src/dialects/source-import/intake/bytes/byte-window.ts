const FIRST_BYTES = 256 * 1024;

/**
 * The part of a body that is being looked at: what was not read to its end yet, and the latest piece behind it. There is
 * one piece of memory for all of them, as taking new memory for each would keep the garbage collector busy.
 */
export class ByteWindow {
  private memory = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private from = 0;
  private to = 0;

  /** What is in the window; good until the next `append`. */
  bytes: Buffer = this.memory.subarray(0, 0);

  append(piece: Buffer): void {
    const kept = this.to - this.from;
    if (this.to + piece.length > this.memory.length) {
      const isRoomy = kept + piece.length <= this.memory.length;
      const memory = isRoomy ? this.memory : Buffer.allocUnsafeSlow(2 * (kept + piece.length));
      this.memory.copy(memory, 0, this.from, this.to);
      this.memory = memory;
      this.from = 0;
    }
    this.to = this.from + kept + piece.copy(this.memory, this.from + kept);
    this.bytes = this.memory.subarray(this.from, this.to);
  }

  /** Leaves out the first bytes: they were read. */
  drop(count: number): void {
    this.from += count;
    this.bytes = this.memory.subarray(this.from, this.to);
  }
}
