import type { MediaType } from './media-type.js';

export interface AttachmentRules {
  /** Largest file in bytes, inclusive. */
  readonly maxBytes: number;
  /** Largest width times height of an image, inclusive; a small file can hold an image that fills the memory. */
  readonly maxPixels: number;
  readonly types: readonly MediaType[];
  /** Removes what an image tells beside the picture: place, device, author, comments, embedded previews. */
  readonly stripMetadata: boolean;
}
