import type { ContentPiece, ImageDimensions } from './inspected-file.js';

/** What walking the structure of an image found. */
export interface ImageLayout extends ImageDimensions {
  /** The image without its metadata. */
  readonly withoutMetadata: readonly ContentPiece[];
}

/**
 * Segments or chunks after which an image counts as damaged: real ones have hundreds, and each costs a little
 * time and memory.
 */
export const MOST_PARTS = 20_000;
