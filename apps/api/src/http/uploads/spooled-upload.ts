import type { SpooledFile } from '#libs/attachments/spooled-file.js';

export interface ReceivedFile extends SpooledFile {
  /** True when the file was larger than allowed: `size` tells how large, but its bytes are gone. */
  readonly truncated: boolean;
}

/** What a multipart request brought. Whoever got it calls `discard` when done, whatever came of it. */
export interface SpooledUpload {
  /** In the order in which they were sent; empty when there was none. */
  readonly files: readonly ReceivedFile[];
  /** Removes the spooled files; may be called again. Never rejects: what it misses is swept later. */
  discard(): Promise<void>;
}
