import type { FileHandle } from 'node:fs/promises';

const WINDOW_BYTES = 128 * 1024;

/** Looks at any place of a file through a window of 128 KB, so that walking a file costs few reads and no memory. */
export class ByteReader {
  private readonly window: Buffer;
  private start = 0;
  private filled = 0;

  constructor(
    private readonly file: FileHandle,
    /** Bytes of the file. */
    readonly size: number,
  ) {
    this.window = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, size));
  }

  /**
   * The bytes from `at` on: at least `atLeast` (up to 128 KB), and as many more as are at hand. Valid until the
   * next call.
   *
   * @returns undefined when the file ends before that.
   */
  async view(at: number, atLeast: number): Promise<Buffer | undefined> {
    if (at + atLeast > this.size) return undefined;
    if (at < this.start || at + atLeast > this.start + this.filled) await this.fill(at);
    const view = this.window.subarray(at - this.start, this.filled);
    return view.length < atLeast ? undefined : view;
  }

  private async fill(at: number): Promise<void> {
    this.start = at;
    this.filled = 0;
    while (this.filled < this.window.length) {
      const { bytesRead } = await this.file.read(
        this.window,
        this.filled,
        this.window.length - this.filled,
        at + this.filled,
      );
      if (bytesRead === 0) return;
      this.filled += bytesRead;
    }
  }
}
