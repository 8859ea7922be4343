/** A file as it came in, waiting on the local disk to be inspected. Everything but `path` is the sender's word. */
export interface SpooledFile {
  /** Where the bytes are; there may be none when `size` is over the limit of the place that received them. */
  readonly path: string;
  /** The name as it was sent: may hold directories, control characters, anything. */
  readonly originalName: string;
  /** The media type that the sender declared, maybe with parameters. */
  readonly declaredType: string;
  /** Bytes that were received. */
  readonly size: number;
}
