import { maskText } from './masking/mask-text.js';
import type { ImportRef, RowError } from './imports.store.js';
import { type CheckedRow, checkRow } from './rows/check-row.js';
import { copyLine } from './rows/copy-line.js';
import type { LocalDates } from './rows/local-dates.js';
import type { RawRow, UnreadableRow } from './rows/raw-row.js';
import type { RowKeys } from './rows/row-keys.js';
import type { Sensitivity } from './source.entity.js';

/** Code points that the column of names holds. */
const MAX_NAME = 255;

export interface StageRules {
  readonly sensitivity: Sensitivity;
  readonly dates: LocalDates;
  readonly keys: RowKeys;
  /** Errors that are kept; more are only counted. */
  readonly maxErrors: number;
}

/** Checks and masks rows as they come and makes the lines of a COPY of them; holds no more than it is given at once. */
export class StagedLines {
  received = 0;
  rejected = 0;
  masked = 0;
  readonly errors: RowError[] = [];
  private readonly head: string;

  constructor(
    private readonly ref: ImportRef,
    private readonly rules: StageRules,
  ) {
    this.head = `${ref.projectId}\t${ref.id}\t`;
  }

  /** The lines of the rows that are good. */
  add(rows: readonly (RawRow | UnreadableRow)[]): string {
    let lines = '';
    for (const raw of rows) {
      const number = this.received++;
      const row = checkRow(raw, this.rules.dates);
      if (Array.isArray(row)) this.reject(number, row);
      else lines += this.line(number, row);
    }
    return lines;
  }

  private reject(number: number, problems: readonly { field: string; problem: string }[]): void {
    this.rejected++;
    for (const { field, problem } of problems) {
      if (this.errors.length < this.rules.maxErrors) this.errors.push({ number, field, message: problem });
    }
  }

  private line(number: number, row: CheckedRow): string {
    const key = this.rules.keys.next(row);
    const { name, content } = this.mask(row);
    return this.head + copyLine([number, `\\x${key}`, row.date, row.instant, name, content]);
  }

  private mask({ name, content }: CheckedRow): { name: string | null; content: string } {
    const { sensitivity } = this.rules;
    if (sensitivity === 'none') return { name: name || null, content };
    const masked = maskText(content);
    this.masked += masked.count;
    if (sensitivity === 'drop-name') return { name: null, content: masked.text };
    const maskedName = maskText(name);
    this.masked += maskedName.count;
    // What takes the place of a short address is longer than the address.
    return { name: cut(maskedName.text) || null, content: masked.text };
  }
}

function cut(name: string): string {
  return name.length <= MAX_NAME ? name : [...name].slice(0, MAX_NAME).join('');
}
