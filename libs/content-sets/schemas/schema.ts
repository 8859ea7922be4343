/** The kinds of reaction that a content set may ask for. */
export const SCHEMAS = ['pulse', 'yes-no', 'reaction', 'rating', 'message', 'tagged-message'] as const;

export type Schema = (typeof SCHEMAS)[number];

/** One value that people may choose. */
export interface SchemaItem {
  readonly value: string;
  /** From -1, all negative, to 1, all positive. */
  readonly sentiment?: number;
  /** From 0 to 1. */
  readonly intensity?: number;
}

/** What a schema is set to; which members there are depends on the schema. */
export interface SchemaConfig {
  /** Of reaction and tagged-message, in the order in which they are counted. Left out: any value is taken. */
  readonly items?: readonly SchemaItem[];
  /** Of rating: the lowest and the highest value, both whole and both included. */
  readonly min?: number;
  readonly max?: number;
  /** Of message: characters. */
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** At most so many different values are counted in one set. */
export const MAX_ITEMS = 64;
/** Characters of a value to choose. */
export const MAX_ITEM_LENGTH = 64;
/** Steps of a rating at the most. */
export const MAX_RATING_STEPS = 101;
/** Characters of a written message at the most. */
export const MAX_MESSAGE_LENGTH = 10_000;
