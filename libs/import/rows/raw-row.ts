import type { PlainRow } from './plain-row.js';

/** A row as it was sent: nothing of it is known to be good. */
export interface RawRow {
  readonly date?: unknown;
  readonly name?: unknown;
  readonly content?: unknown;
  /** An id of the sender's own, which tells rows apart better than what they say. */
  readonly externalId?: unknown;
  /** Which one of several rows that say the same it is, from 1; left out, they are counted as they come. */
  readonly occurrence?: unknown;
}

/** What could not even be read as a row. */
export interface UnreadableRow {
  /** For the one who sent it: `must be an object`. */
  readonly problem: string;
}

/** A row of a payload, in whatever way it could be read. */
export type SentRow = RawRow | UnreadableRow | PlainRow;
