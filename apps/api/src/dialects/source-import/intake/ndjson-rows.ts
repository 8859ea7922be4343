import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { RawRow, UnreadableRow } from '#libs/import/rows/raw-row.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { MAX_ROW_BYTES, notUtf8, READ_BYTES } from './limits.js';
import { rowFrom } from './row-from.js';

/** The rows of a body with a JSON object a line. Blank lines are read over. @throws DomainError invalid */
export async function* ndjsonRows(path: string): AsyncGenerator<(RawRow | UnreadableRow)[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    const lines = (rest + decode(decoder, chunk)).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_ROW_BYTES) {
      throw new DomainError('invalid', 'body', `A line is longer than ${MAX_ROW_BYTES} characters.`);
    }
    yield lines.flatMap(rowOf);
  }
  yield rowOf(rest + decode(decoder));
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    throw notUtf8(error);
  }
}

function rowOf(line: string): (RawRow | UnreadableRow)[] {
  if (/^[ \t\r]*$/.test(line)) return [];
  try {
    return [rowFrom(JSON.parse(line))];
  } catch (error) {
    if (error instanceof SyntaxError) return [{ problem: 'is not valid JSON' }];
    throw error;
  }
}
