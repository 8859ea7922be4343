import { hash } from 'node:crypto';
import type { FileRow } from './read-rows.js';

/** Rows that are sent together, a line each. */
export interface Batch {
  readonly body: string;
  readonly rows: number;
  /** The line of the file that each row ends on. */
  readonly lines: readonly number[];
  /** The same for the same rows: a retry, now or after a restart, is told apart from a new batch. */
  readonly key: string;
}

/** Characters that a batch may have before its last row. */
const MAX_CHARACTERS = 8_000_000;

/** Cuts rows into batches, at the same places whenever the same file is read. */
export async function* batches(rows: AsyncIterable<FileRow>, size: number): AsyncGenerator<Batch> {
  let texts: string[] = [];
  let lines: number[] = [];
  let characters = 0;
  const cut = (): Batch => {
    const body = texts.join('\n');
    const batch = { body, rows: texts.length, lines, key: hash('sha256', body, 'hex') };
    texts = [];
    lines = [];
    characters = 0;
    return batch;
  };
  for await (const { line, row } of rows) {
    const text = JSON.stringify(row);
    texts.push(text);
    lines.push(line);
    characters += text.length;
    if (texts.length >= size || characters >= MAX_CHARACTERS) yield cut();
  }
  if (texts.length > 0) yield cut();
}
