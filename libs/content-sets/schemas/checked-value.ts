/** A tag, and what was written beside it. */
export interface TaggedMessage {
  readonly tag: string;
  readonly message?: string;
}

/** A value as it is kept. */
export type FeelbackValue = string | number | TaggedMessage;

/** A value that fits its set. */
export interface CheckedValue {
  readonly value: FeelbackValue;
  /** Which count it belongs to; undefined for a choice that the set has not met yet. */
  readonly bucket: number | undefined;
}
