import type { SpooledFile } from '#libs/attachments/spooled-file.js';

export interface ReceivedFile extends SpooledFile {
  /** True when the file was larger than allowed: `size` tells how large, but its bytes are gone. */
  readonly truncated: boolean;
}

/** A file with the name of the part that it came in. */
export interface FormFile extends ReceivedFile {
  readonly fieldName: string;
}

/** A part without a file. */
export interface FormField {
  readonly name: string;
  readonly value: string;
  /** What the sender says that it is; `text/plain` when it does not say. */
  readonly mediaType: string;
}

/** A multipart request with parts of any names. */
export interface SpooledForm extends SpooledUpload {
  readonly files: readonly FormFile[];
  /** In the order in which they were sent. */
  readonly fields: readonly FormField[];
}

/** What a multipart request brought. Whoever got it calls `discard` when done, whatever came of it. */
export interface SpooledUpload {
  /** In the order in which they were sent; empty when there was none. */
  readonly files: readonly ReceivedFile[];
  /** Removes the spooled files; may be called again. Never rejects: what it misses is swept later. */
  discard(): Promise<void>;
}
