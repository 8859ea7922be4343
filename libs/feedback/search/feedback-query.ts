import type { SchemaField } from '#libs/channels/channel-schema.js';

/** What a condition must know of a field: a channel's own, an automatic one, or a mirrored column by itself. */
export type FieldRef = Pick<SchemaField, 'key' | 'format' | 'systemColumn'>;

/** What every feedback has and a range or an order may go by. */
export type OwnValue = 'id' | 'createdAt' | 'updatedAt';

/** What is asked of a feedback. */
export type Condition =
  /** All of nothing is true, any of nothing is false. */
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  /**
   * What people type into a search box. A text field matches that contains it, whatever the case; a keyword, select or
   * date field that is it; a multiSelect field that has it; a number field that equals it, when it reads as a number.
   * Over one field, or over every field that was given to the search; other formats never match.
   */
  | { readonly kind: 'text'; readonly text: string; readonly field?: FieldRef }
  /** text, keyword: a substring, whatever the case; images: one of any link; multiSelect: has all of these. */
  | { readonly kind: 'contains'; readonly field: FieldRef; readonly value: string | readonly string[] }
  /** The same value; multiSelect: the same set. */
  | {
      readonly kind: 'equals';
      readonly field: FieldRef;
      readonly value: string | number | boolean | readonly string[];
    }
  /** from <= value < before. Numbers and moments (milliseconds or Date); either end may be open. */
  | {
      readonly kind: 'range';
      readonly field: FieldRef | OwnValue;
      readonly from?: Date | number | undefined;
      readonly before?: Date | number | undefined;
    }
  /** A mirrored column that holds nothing. */
  | { readonly kind: 'absent'; readonly field: FieldRef }
  /** A substring of any text field of whatever channel, whatever the case. */
  | { readonly kind: 'written'; readonly text: string }
  /** Written by this address, whatever the case. */
  | { readonly kind: 'author'; readonly email: string }
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  /** Its issues: one of these at least, all of these at least, or these and no others. */
  | { readonly kind: 'issues'; readonly match: 'any' | 'all' | 'exactly'; readonly ids: readonly number[] }
  | { readonly kind: 'issue-name'; readonly name: string };

export interface Sort {
  /** A number, date, keyword, select, text or boolean; feedback without a value comes last in both directions. */
  readonly by: FieldRef | OwnValue;
  readonly direction: 'asc' | 'desc';
}

export interface FeedbackQuery {
  readonly where: Condition;
  /** Equals are newest first, as is everything without an order. */
  readonly sort: readonly Sort[];
}
