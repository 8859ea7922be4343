import type { SeededSource } from './seed.js';
import type { TestApp } from './test-app.js';
import { until } from './until.js';

export interface Progress {
  readonly id: string;
  readonly sourceId: string;
  readonly state: string;
  readonly received: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly masked: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: string | null;
}

interface Failure {
  readonly status: number;
  readonly message: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

type Target = Pick<SeededSource, 'sourceId' | 'key'>;

export const PATH = '/api/v1/source/import';

/** The rows of the published example. */
export const EXAMPLE_ROWS = [
  { date: '2024-03-08 00:29:00', name: 'User 1', content: 'Feedback 1' },
  { date: '2024-03-08 00:29:00', name: 'User 2', content: 'Feedback 2' },
] as const;

/** Rows that all differ. */
export function rowsOf(count: number, tag = 'Row') {
  return Array.from({ length: count }, (_, n) => ({
    date: `2024-03-${String(1 + (n % 28)).padStart(2, '0')} 12:00:00`,
    name: `User ${n}`,
    content: `${tag} ${n}`,
  }));
}

/** Sends rows as the published example does. */
export function push(
  app: TestApp,
  { sourceId, key }: Target,
  rows: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return pushBody(app, key, JSON.stringify({ source_id: sourceId, payload: rows }), headers);
}

export function pushBody(
  app: TestApp,
  key: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return app.fetch(PATH, {
    method: 'POST',
    headers: { 'X-API-KEY': key, 'Content-Type': 'application/json', ...headers },
    body,
  });
}

/** Sends a row a line. */
export function pushLines(
  app: TestApp,
  { sourceId, key }: Target,
  rows: readonly unknown[],
  options: { readonly query?: Record<string, string>; readonly headers?: Record<string, string> } = {},
): Promise<Response> {
  const query = new URLSearchParams({ source_id: sourceId, ...options.query });
  return app.fetch(`${PATH}?${query}`, {
    method: 'POST',
    headers: { 'X-API-KEY': key, 'Content-Type': 'application/x-ndjson', ...options.headers },
    body: rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
  });
}

export function readProgress(
  app: TestApp,
  { key }: Pick<Target, 'key'>,
  id: string,
  leaf = '',
): Promise<Response> {
  return app.fetch(`${PATH}/${id}${leaf}`, { headers: { 'X-API-KEY': key } });
}

/** Status and body of what was refused. */
export async function failure(response: Response): Promise<Failure> {
  return { status: response.status, ...((await response.json()) as Omit<Failure, 'status'>) };
}

/** Waits until a push that was accepted has come to its end. */
export async function finished(app: TestApp, source: Target, pushed: Response): Promise<Progress> {
  if (pushed.status !== 200) throw new Error(`Not accepted: ${pushed.status} ${await pushed.text()}`);
  const id = pushed.headers.get('x-import-id')!;
  let progress: Progress | undefined;
  await until(async () => {
    progress = (await (await readProgress(app, source, id)).json()) as Progress;
    return progress.finishedAt !== null;
  }, 20_000);
  return progress!;
}

export interface StoredRow {
  readonly content: string;
  readonly name: string | null;
  readonly createdAt: Date;
  readonly submittedAt: Date;
}

/** What is in the source's channel, in the order in which it was said. */
export function stored(app: TestApp, { channelId }: Pick<SeededSource, 'channelId'>): Promise<StoredRow[]> {
  return app.query<StoredRow>(
    `select fields->>'content' as content, author_name as name, created_at as "createdAt",
       submitted_at as "submittedAt"
     from feedback where channel_id = $1 order by created_at, search_text`,
    [channelId],
  );
}
