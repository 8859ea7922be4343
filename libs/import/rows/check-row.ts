import type { LocalDates } from './local-dates.js';
import type { RawRow, UnreadableRow } from './raw-row.js';

/** A row that may be stored. */
export interface CheckedRow {
  /** As it was sent. */
  readonly date: string;
  /** The same with its offset from UTC. */
  readonly instant: string;
  readonly name: string;
  readonly content: string;
  readonly externalId: string | undefined;
  readonly occurrence: number | undefined;
}

/** What is wrong with a member of a row. */
export interface RowProblem {
  /** Empty for the whole row. */
  readonly field: '' | 'date' | 'name' | 'content' | 'external_id' | 'occurrence';
  /** Goes on where the member's name ends: `must be a string`. */
  readonly problem: string;
}

/** Code points, as PostgreSQL counts them. */
export const MAX_NAME = 255;
export const MAX_CONTENT = 30_000;
export const MAX_EXTERNAL_ID = 255;
const INK = /\S/;
const MAX_OCCURRENCE = 1_000_000_000;

/** The row, or everything that is wrong with it, member by member. */
export function checkRow(row: RawRow | UnreadableRow, dates: LocalDates): CheckedRow | RowProblem[] {
  if ('problem' in row) return [{ field: '', problem: row.problem }];
  const problems: RowProblem[] = [];
  const { date, name, content, externalId, occurrence } = row;
  let instant = '';
  const refuse = (field: RowProblem['field'], problem: string | undefined): void => {
    if (problem !== undefined) problems.push({ field, problem });
  };
  if (typeof date !== 'string') refuse('date', 'must be a string of the form YYYY-MM-DD HH:mm:ss');
  else {
    const placed = dates.place(date);
    if ('problem' in placed) refuse('date', placed.problem);
    else instant = placed.instant;
  }
  refuse('name', textProblem(name, MAX_NAME));
  refuse('content', textProblem(content, MAX_CONTENT) ?? (blank(content) ? 'must not be blank' : undefined));
  if (externalId !== undefined)
    refuse(
      'external_id',
      textProblem(externalId, MAX_EXTERNAL_ID) ?? (externalId === '' ? 'must not be empty' : undefined),
    );
  if (occurrence !== undefined && !isCount(occurrence))
    refuse('occurrence', `must be an integer from 1 to ${MAX_OCCURRENCE}`);
  if (problems.length > 0) return problems;
  return {
    date: date as string,
    instant,
    name: name as string,
    content: content as string,
    externalId: externalId as string | undefined,
    occurrence: occurrence as number | undefined,
  };
}

function textProblem(value: unknown, max: number): string | undefined {
  if (value === undefined) return 'is required';
  if (typeof value !== 'string') return 'must be a string';
  if (value.length > max && (value.length > 2 * max || [...value].length > max))
    return `must be at most ${max} characters long`;
  if (value.includes('\0')) return 'must not hold a NUL character';
  return value.isWellFormed() ? undefined : 'must be well-formed Unicode';
}

function blank(value: unknown): boolean {
  return typeof value === 'string' && !INK.test(value);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_OCCURRENCE;
}
