import { maskText } from './masking/mask-text.js';
import type { RowError } from './imports.store.js';
import { type CheckedRow, checkRow } from './rows/check-row.js';
import type { LocalDates } from './rows/local-dates.js';
import type { RawRow, UnreadableRow } from './rows/raw-row.js';
import type { RowKeys } from './rows/row-keys.js';
import type { Sensitivity } from './source.entity.js';

/** Places of one block: what one transaction of the worker moves. */
const MAX_ROWS = 1_000;
/** Characters of content after which a block is full before that: memory must not grow with what a row holds. */
const MAX_CHARACTERS = 512 * 1024;
/** Code points that the column of names holds. */
const MAX_NAME = 255;

export interface BlockRules {
  readonly sensitivity: Sensitivity;
  readonly dates: LocalDates;
  readonly keys: RowKeys;
  /** Errors that are kept; more are only counted. */
  readonly maxErrors: number;
}

/** Rows that are staged as one value; what `rows` holds, tells the entity. */
export interface Block {
  readonly number: number;
  readonly count: number;
  readonly rows: string;
}

/** Checks and masks rows as they come and makes blocks of them; holds no more than one block and what it is given. */
export class BlockBuilder {
  received = 0;
  rejected = 0;
  masked = 0;
  readonly errors: RowError[] = [];
  private open = new OpenBlock(0);

  constructor(private readonly rules: BlockRules) {}

  /** The blocks that are full now. */
  add(rows: readonly (RawRow | UnreadableRow)[]): Block[] {
    const full: Block[] = [];
    for (const raw of rows) {
      const number = this.received++;
      const row = checkRow(raw, this.rules.dates);
      if (Array.isArray(row)) this.reject(number, row);
      else this.take(row);
      if (this.open.isFull) full.push(this.close());
    }
    return full;
  }

  /** The last block, which is seldom full; none when nothing is left. */
  end(): Block[] {
    return this.open.keys.length > 0 ? [this.close()] : [];
  }

  private close(): Block {
    const block = this.open.toBlock();
    this.open = new OpenBlock(this.received);
    return block;
  }

  private reject(number: number, problems: readonly { field: string; problem: string }[]): void {
    this.rejected++;
    for (const { field, problem } of problems) {
      if (this.errors.length < this.rules.maxErrors) this.errors.push({ number, field, message: problem });
    }
    this.open.skip();
  }

  private take(row: CheckedRow): void {
    const key = this.rules.keys.next(row);
    const { name, content } = this.mask(row);
    this.open.push(key, row.instant, name, content);
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

/** A block in the making. */
class OpenBlock {
  readonly keys: (string | null)[] = [];
  private readonly dates: (string | null)[] = [];
  private readonly names: (string | null)[] = [];
  private readonly contents: (string | null)[] = [];
  private characters = 0;

  constructor(private readonly number: number) {}

  get isFull(): boolean {
    return this.keys.length === MAX_ROWS || this.characters >= MAX_CHARACTERS;
  }

  push(key: string, date: string, name: string | null, content: string): void {
    this.keys.push(key);
    this.dates.push(date);
    this.names.push(name);
    this.contents.push(content);
    this.characters += content.length;
  }

  /** Leaves a place without a row, so that the places of the others tell their numbers. */
  skip(): void {
    for (const column of [this.keys, this.dates, this.names, this.contents]) column.push(null);
  }

  toBlock(): Block {
    const { keys, dates, names, contents } = this;
    return {
      number: this.number,
      count: keys.length,
      rows: JSON.stringify({ keys, dates, names, contents }),
    };
  }
}

function cut(name: string): string {
  return name.length <= MAX_NAME ? name : [...name].slice(0, MAX_NAME).join('');
}
