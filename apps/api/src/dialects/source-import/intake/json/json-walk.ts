import type { PlainRow } from '#libs/import/rows/plain-row.js';
import { ByteWindow } from '../bytes/byte-window.js';
import { requireUtf8 } from '../bytes/decode-text.js';
import { MAX_ROW_BYTES } from '../bytes/limits.js';
import { RowPool } from '../rows/row-pool.js';
import { skipSpace } from '../rows/scan-row.js';
import { noObject, notJson, refused, tooLong } from './json-faults.js';
import { parseJson } from './parse-json.js';

const MAX_DEPTH = 32;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
type State = 'start' | 'first-name' | 'name' | 'colon' | 'value' | 'single' | 'items' | 'behind' | 'end';

/**
 * Walks through a body that is a JSON object, a piece at a time: it looks for the ends of the object's members, and of the
 * items of members that are arrays, and leaves what is between to JSON.parse, which is what decides about it.
 * @throws DomainError invalid for what is no JSON object, no UTF-8, nested too deep, or has too large a value
 */
export abstract class JsonWalk {
  private readonly window = new ByteWindow();
  /** Where the walk is in `data`. */
  private at = 0;
  /** Where in `data` the name, the value or the items begin that are being read. */
  private start = 0;
  private state: State = 'start';
  private name = '';
  /** Objects and arrays that are open. */
  private depth = 0;
  private isText = false;
  /** Items of the open array that were handed over. */
  private handed = 0;
  /** Commas behind items that were not, and where the last one is. */
  private commas = 0;
  private comma = 0;
  private readonly pool = new RowPool();

  /** What was not read to its end, and the latest piece. */
  private get data(): Buffer {
    return this.window.bytes;
  }

  /** At each member of the object, before what is in it. */
  protected onMember(_name: string, _isArray: boolean): void {}

  /** At the end of a member that is no array. */
  protected onValue(_name: string, _value: unknown): void {}

  /** Items of a member that is an array, in their order, some at a time; those that `onRows` tells of are left out. */
  protected onItems(_name: string, _items: readonly unknown[]): void {}

  /** Items that are plain rows, in their order among the others; they are good until the next piece is written. */
  protected onRows(_name: string, _rows: readonly PlainRow[]): void {}

  /** Walks through the next piece of the body. */
  write(chunk: Buffer): void {
    this.window.append(chunk);
    this.pool.reclaim();
    while (this.step());
    if (this.state === 'items' && this.commas > 0) this.handOver(this.comma, this.commas);
    const kept = this.isInside() ? this.start : Math.min(this.at, this.data.length);
    this.window.drop(kept);
    this.at -= kept;
    this.start = 0;
    if (this.data.length > MAX_ROW_BYTES) throw tooLong();
  }

  /** The body ends here. */
  end(): void {
    if (this.state !== 'end') throw notJson();
  }

  /** Whether the bytes from `start` on are needed still. */
  private isInside(): boolean {
    return this.state === 'single' || this.state === 'items' || (this.state === 'name' && this.isText);
  }

  /** Goes on to the end of what the state is about; false when the data ends before. */
  private step(): boolean {
    if (this.state === 'single' || this.state === 'items') return this.skim();
    if (this.state === 'name' && this.isText) return this.endName();
    const byte = this.nextByte();
    if (byte === undefined) return false;
    switch (this.state) {
      case 'start':
        if (byte !== OPEN_OBJECT) throw noObject(byte);
        this.depth = 1;
        return this.go('first-name');
      case 'first-name':
        return byte === CLOSE_OBJECT ? this.go('end') : this.beginName(byte);
      case 'name':
        return this.beginName(byte);
      case 'colon':
        if (byte !== COLON) throw notJson();
        return this.go('value');
      case 'value':
        return this.beginValue(byte);
      case 'behind':
        if (byte !== COMMA && byte !== CLOSE_OBJECT) throw notJson();
        return this.go(byte === COMMA ? 'name' : 'end');
      default:
        throw notJson();
    }
  }

  private beginName(byte: number): true {
    if (byte !== QUOTE) throw notJson();
    this.isText = true;
    this.start = this.at;
    return this.go('name');
  }

  private go(state: State): true {
    this.at++;
    this.state = state;
    return true;
  }

  /** The next byte that is no white space, which `at` is left on. */
  private nextByte(): number | undefined {
    this.at = skipSpace(this.data, this.at, this.data.length);
    return this.data[this.at];
  }

  private beginValue(byte: number): true {
    const isArray = byte === OPEN_ARRAY;
    this.onMember(this.name, isArray);
    if (isArray) this.at++;
    this.start = this.at;
    this.depth = isArray ? 2 : 1;
    this.handed = this.commas = 0;
    this.state = isArray ? 'items' : 'single';
    if (isArray) this.skipRows();
    return true;
  }

  private endName(): boolean {
    if (!this.skipText()) return false;
    this.name = this.parse(this.at) as string;
    this.state = 'colon';
    return true;
  }

  /** Goes behind the end of a text; false when the data ends before. */
  private skipText(): boolean {
    const { data } = this;
    let { at } = this;
    while (at < data.length) {
      const byte = data[at++];
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) {
        this.isText = false;
        break;
      }
    }
    this.at = at;
    return !this.isText;
  }

  /** Goes to the end of a value or of an array, over everything in it. */
  private skim(): boolean {
    const outside = this.state === 'items' ? 2 : 1;
    const { data } = this;
    for (; ; this.at++) {
      if (this.isText && !this.skipText()) return false;
      if (this.at >= data.length) return false;
      switch (data[this.at]!) {
        case QUOTE:
          this.isText = true;
          break;
        case OPEN_OBJECT:
        case OPEN_ARRAY:
          if (++this.depth > MAX_DEPTH)
            throw refused(`The request body is nested deeper than ${MAX_DEPTH} levels.`);
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY:
          if (this.depth === outside) return this.endValue();
          this.depth--;
          break;
        case COMMA:
          if (this.depth !== outside) break;
          if (outside === 1) return this.endValue();
          this.requireLength();
          this.commas++;
          this.comma = this.at;
          this.at++;
          this.skipRows();
          this.at--; // The loop goes on behind it.
          break;
      }
    }
  }

  /**
   * Goes from the beginning of an item over rows that can be read at once, each with its comma. They are valid UTF-8 when
   * they are handed over.
   */
  private skipRows(): void {
    const { data, pool } = this;
    let rows: PlainRow[] | undefined;
    let at = this.at;
    for (;;) {
      const row = pool.scan(data, at, data.length);
      const behind = row ? skipSpace(data, pool.end, data.length) : at;
      if (!row || data[behind] !== COMMA || behind - at > MAX_ROW_BYTES) break;
      (rows ??= []).push(row);
      at = behind + 1;
    }
    if (!rows) return;
    if (this.commas > 0) this.handOver(this.comma, this.commas);
    requireUtf8(data.subarray(this.at, at));
    this.handed += rows.length;
    this.start = this.at = at;
    this.onRows(this.name, rows);
  }

  /** Of the value, or the item, that ends here. */
  private requireLength(): void {
    const start = this.commas > 0 ? this.comma + 1 : this.start;
    if (this.at - start > MAX_ROW_BYTES) throw tooLong();
  }

  private endValue(): true {
    this.requireLength();
    const byte = this.data[this.at]!;
    if (this.state === 'items') {
      if (byte !== CLOSE_ARRAY) throw notJson();
      this.handOver(this.at, this.commas + 1);
      return this.go('behind');
    }
    if (byte === CLOSE_ARRAY) throw notJson();
    this.onValue(this.name, this.parse(this.at));
    return this.go(byte === COMMA ? 'name' : 'end');
  }

  /** All complete items at once: their text is a list for JSON.parse, which would not bear a bracket out of place. */
  private handOver(end: number, count: number): void {
    const items = this.parse(end, '[', ']') as unknown[];
    const isEmpty = items.length === 0 && this.handed === 0 && count === 1 && this.data[end] === CLOSE_ARRAY;
    if (items.length !== count && !isEmpty) throw notJson();
    this.handed += count;
    this.start = end + 1;
    this.commas = 0;
    this.onItems(this.name, items);
  }

  /** From `start` up to a place. */
  private parse(to: number, before = '', behind = ''): unknown {
    return parseJson(this.data.subarray(this.start, to), before, behind);
  }
}
