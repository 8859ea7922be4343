import type { MediaType } from './media-type.js';

/** Bytes `start` to `end` (exclusive) of the original file. */
export interface KeptRange {
  readonly start: number;
  readonly end: number;
}

/** A part of the content to store: a range of the original, or a few bytes put between two ranges. */
export type ContentPiece = KeptRange | Buffer;

/** A file that may be stored. Its content is what `contentOf` streams, not the original. */
export interface InspectedFile {
  readonly accepted: true;
  /** The original, which must stay where it is until the content has been read. */
  readonly path: string;
  /** Safe to show and to offer as a download name. */
  readonly name: string;
  readonly mediaType: MediaType;
  /** Bytes of the content; never more than the original had. */
  readonly size: number;
  /** Of the content, in lower-case hex. */
  readonly sha256: string;
  /** Of an image, in pixels, before its orientation is applied. */
  readonly dimensions?: ImageDimensions;
  readonly pieces: readonly ContentPiece[];
}

export interface ImageDimensions {
  readonly width: number;
  readonly height: number;
}

/**
 * Why a file is refused, in the order in which it is looked at; how that is worded is up to each dialect.
 *
 * `type_not_allowed`: the declared type is not among the allowed ones. `type_mismatch`: it is, but the content or
 * the extension of the name says something else. `damaged_image`: the structure is broken or has no size.
 */
export const REFUSAL_REASONS = [
  'empty',
  'too_large',
  'type_not_allowed',
  'type_mismatch',
  'damaged_image',
  'too_many_pixels',
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export interface RefusedFile {
  readonly accepted: false;
  /** Safe to show. */
  readonly name: string;
  readonly reason: RefusalReason;
}
