import { hash } from 'node:crypto';
import type { FileRow } from './read-rows.js';

/**
 * Numbers rows that say the same, across the whole file: the server counts them within one request only, and would
 * take those of a later one for sent again. Rows with an id of their own need no number.
 */
export async function* numberRows(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow> {
  const seen = new Map<string, number>();
  for await (const { line, row } of rows) {
    if ((row['external_id'] ?? row['occurrence'] ?? undefined) !== undefined) {
      yield { line, row };
      continue;
    }
    const { date, name, content } = row;
    // Twelve bytes tell millions of rows apart; two that met would only be numbered needlessly.
    const digest = hash('sha256', JSON.stringify([date, name, content]), 'base64').slice(0, 16);
    const occurrence = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, occurrence);
    yield { line, row: occurrence === 1 ? row : { ...row, occurrence } };
  }
}
