import type { RowError } from '../imports.store.js';
import { JsonColumn } from './json-column.js';
import { maskText } from '../masking/mask-text.js';
import { isSurelyGood } from '../rows/check-plain-row.js';
import { type CheckedRow, checkRow, MAX_NAME } from '../rows/check-row.js';
import type { LocalDates } from '../rows/local-dates.js';
import { PlainRow } from '../rows/plain-row.js';
import type { RawRow, SentRow, UnreadableRow } from '../rows/raw-row.js';
import type { RowKeys } from '../rows/row-keys.js';
import type { Sensitivity } from '../source.entity.js';

/** Places of one block: what one transaction of the worker moves. */
const MAX_ROWS = 1_000;
/** Bytes of content after which a block is full before that: memory must not grow with what a row holds. */
const MAX_BYTES = 512 * 1024;

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
  /** JSON as UTF-8, in parts; good until the builder goes on. */
  readonly rows: readonly Buffer[];
}

/** Checks and masks rows as they come and makes blocks of them; holds no more than one block and what it is given. */
export class BlockBuilder {
  received = 0;
  rejected = 0;
  masked = 0;
  readonly errors: RowError[] = [];
  private readonly open = new OpenBlock();

  constructor(private readonly rules: BlockRules) {}

  /** Takes rows; answers the blocks that are full, each when it is. */
  *add(rows: readonly SentRow[]): Generator<Block> {
    for (const raw of rows) {
      const number = this.received++;
      if (!(raw instanceof PlainRow)) this.check(number, raw);
      else if (!this.takePlain(raw)) this.check(number, raw.toRaw());
      if (this.open.isFull) yield this.open.close();
    }
  }

  /** The last block, which is seldom full; none when nothing is left. */
  *end(): Generator<Block> {
    if (this.open.count > 0) yield this.open.close();
  }

  /** Takes a row as it came; false when it has to be looked at as strings. */
  private takePlain(row: PlainRow): boolean {
    const { sensitivity, dates, keys } = this.rules;
    if (sensitivity !== 'none' || !isSurelyGood(row)) return false;
    const offset = dates.offsetAt(row.bytes, row.date, row.dateEnd);
    if ('problem' in offset) return false;
    this.open.pushPlain(keys.nextPlain(row), offset.text, row);
    return true;
  }

  private check(number: number, raw: RawRow | UnreadableRow): void {
    const row = checkRow(raw, this.rules.dates);
    if (Array.isArray(row)) this.reject(number, row);
    else this.take(row);
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
  /** Places that are taken. */
  count = 0;
  /** The place of the first one among all rows. */
  private number = 0;
  private readonly keys = new JsonColumn();
  private readonly dates = new JsonColumn();
  private readonly names = new JsonColumn();
  private readonly contents = new JsonColumn();

  get isFull(): boolean {
    return this.count === MAX_ROWS || this.contents.length >= MAX_BYTES;
  }

  push(key: string, date: string, name: string | null, content: string): void {
    this.count++;
    this.keys.addAscii(key);
    this.dates.addAscii(date);
    this.names.add(name);
    this.contents.add(content);
  }

  pushPlain(key: string, offset: string, row: PlainRow): void {
    const { bytes, name, nameEnd } = row;
    this.count++;
    this.keys.addAscii(key);
    this.dates.addBytes(bytes, row.date, row.dateEnd, offset);
    if (name === nameEnd) this.names.add(null);
    else this.names.addBytes(bytes, name, nameEnd);
    this.contents.addBytes(bytes, row.content, row.contentEnd);
  }

  /** Leaves a place without a row, so that the places of the others tell their numbers. */
  skip(): void {
    this.count++;
    for (const column of [this.keys, this.dates, this.names, this.contents]) column.add(null);
  }

  /** What was pushed; the next block begins. */
  close(): Block {
    const { number, count } = this;
    const rows = [
      Buffer.from('{"keys":['),
      this.keys.take(),
      Buffer.from('],"dates":['),
      this.dates.take(),
      Buffer.from('],"names":['),
      this.names.take(),
      Buffer.from('],"contents":['),
      this.contents.take(),
      Buffer.from(']}'),
    ];
    this.number += count;
    this.count = 0;
    return { number, count, rows };
  }
}

function cut(name: string): string {
  return name.length <= MAX_NAME ? name : [...name].slice(0, MAX_NAME).join('');
}
