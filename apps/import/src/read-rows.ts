import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { StartupError } from '#libs/platform/errors/startup-error.js';

/** A row as the file has it, with the line that it ends on. */
export interface FileRow {
  readonly line: number;
  readonly row: Record<string, unknown>;
}

const MEMBERS = ['date', 'name', 'content', 'external_id'];

/** The rows of a file, one after the other. @throws StartupError that names the line */
export function readRows(file: string, format: 'csv' | 'ndjson'): AsyncGenerator<FileRow> {
  return format === 'csv' ? csvRows(file) : ndjsonRows(file);
}

/** The first line names the columns: date, name, content and, where there is one, external_id. Others are left out. */
async function* csvRows(file: string): AsyncGenerator<FileRow> {
  const columns = (header: string[]) => {
    const names = header.map((name) => name.trim().toLowerCase());
    for (const name of MEMBERS.slice(0, 3)) {
      if (!names.includes(name))
        throw new StartupError(`The first line of ${file} names no column "${name}".`);
    }
    return names.map((name) => (MEMBERS.includes(name) ? name : false));
  };
  const parser = parse({ bom: true, columns, info: true, skip_empty_lines: true });
  const input = createReadStream(file);
  // A pipe hands on what was read, not what went wrong.
  input.once('error', (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      const { external_id: id, ...row } = record;
      yield { line: info.lines, row: id ? { ...row, external_id: id } : row };
    }
  } catch (error) {
    throw error instanceof StartupError ? error : new StartupError(unreadable(file, error), { cause: error });
  }
}

interface CsvRecord {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

async function* ndjsonRows(file: string): AsyncGenerator<FileRow> {
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number++;
    if (text.trim() === '') continue;
    let row: unknown;
    try {
      row = JSON.parse(number === 1 ? text.replace(/^\ufeff/, '') : text);
    } catch (error) {
      throw new StartupError(`Line ${number} of ${file} is not valid JSON.`, { cause: error });
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new StartupError(`Line ${number} of ${file} is not a JSON object.`);
    yield { line: number, row: row as Record<string, unknown> };
  }
}

function unreadable(file: string, error: unknown): string {
  return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
