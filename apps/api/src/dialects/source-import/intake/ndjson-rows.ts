import type { RawRow, UnreadableRow } from '#libs/import/rows/raw-row.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { decodeText } from './decode-text.js';
import { MAX_ROW_BYTES } from './limits.js';
import { readPieces } from './read-pieces.js';
import { rowFrom } from './row-from.js';

const LINE_FEED = 0x0a;
const BLANK = /^[ \t\r]*$/;

/** The rows of a body with a JSON object a line. Blank lines are read over. @throws DomainError invalid */
export async function* ndjsonRows(path: string): AsyncGenerator<(RawRow | UnreadableRow)[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of readPieces(path)) {
    const bytes = Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(LINE_FEED);
    rest = bytes.subarray(end + 1);
    if (rest.length > MAX_ROW_BYTES) {
      throw new DomainError('invalid', 'body', `A line is longer than ${MAX_ROW_BYTES} bytes.`);
    }
    if (end > 0) yield rowsIn(bytes.subarray(0, end));
  }
  yield rowsIn(rest);
}

function rowsIn(lines: Buffer): (RawRow | UnreadableRow)[] {
  const rows: (RawRow | UnreadableRow)[] = [];
  for (const line of decodeText(lines).split('\n')) if (!BLANK.test(line)) rows.push(rowOf(line));
  return rows;
}

function rowOf(line: string): RawRow | UnreadableRow {
  try {
    return rowFrom(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'is not valid JSON' };
    throw error;
  }
}
