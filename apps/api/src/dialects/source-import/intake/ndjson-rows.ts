import { setImmediate as turn } from 'node:timers/promises';
import type { PlainRow } from '#libs/import/rows/plain-row.js';
import type { RawRow, SentRow, UnreadableRow } from '#libs/import/rows/raw-row.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { ByteWindow } from './bytes/byte-window.js';
import { requireUtf8 } from './bytes/decode-text.js';
import { MAX_ROW_BYTES } from './bytes/limits.js';
import { readPieces } from './bytes/read-pieces.js';
import { rowFrom } from './rows/row-from.js';
import { RowPool } from './rows/row-pool.js';
import { skipSpace } from './rows/scan-row.js';

const LINE_FEED = 0x0a;
/** Rows that are made in one go; a piece of a body seldom has as many. */
const MAX_ROWS = 1_000;
const BLANK = /^[ \t\r]*$/;

/** The rows of a body with a JSON object a line. Blank lines are read over. @throws DomainError invalid */
export async function* ndjsonRows(path: string): AsyncGenerator<SentRow[]> {
  const window = new ByteWindow();
  const pool = new RowPool();
  for await (const piece of readPieces(path)) {
    window.append(piece);
    const end = window.bytes.lastIndexOf(LINE_FEED) + 1;
    requireLength(window.bytes.length - end);
    yield* rowsIn(window.bytes.subarray(0, end), pool);
    window.drop(end);
  }
  yield* rowsIn(window.bytes, pool);
}

/** Some rows at a time: other requests get their turn in between, as a bad line takes as long as a hundred good ones. */
async function* rowsIn(lines: Buffer, pool: RowPool): AsyncGenerator<SentRow[]> {
  requireUtf8(lines);
  let rows: SentRow[] = [];
  for (let from = 0, to; from < lines.length; from = to + 1) {
    to = lines.indexOf(LINE_FEED, from);
    if (to < 0) to = lines.length;
    requireLength(to - from);
    const row = scanLine(lines, from, to, pool) ?? parseRow(lines.toString('utf8', from, to));
    if (row) rows.push(row);
    if (rows.length < MAX_ROWS) continue;
    yield rows;
    pool.reclaim();
    rows = [];
    await turn();
  }
  yield rows;
  pool.reclaim();
}

/** @throws DomainError invalid */
function requireLength(bytes: number): void {
  if (bytes <= MAX_ROW_BYTES) return;
  throw new DomainError('invalid', 'body', `A line is longer than ${MAX_ROW_BYTES} bytes.`);
}

/** Undefined when the line is not just a plain row. */
function scanLine(lines: Buffer, from: number, to: number, pool: RowPool): PlainRow | undefined {
  const row = pool.scan(lines, from, to);
  return row && skipSpace(lines, pool.end, to) === to ? row : undefined;
}

/** Undefined for a blank line. */
function parseRow(line: string): RawRow | UnreadableRow | undefined {
  if (BLANK.test(line)) return undefined;
  try {
    return rowFrom(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'is not valid JSON' };
    throw error;
  }
}
