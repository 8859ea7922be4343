import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { toFeedback } from './feedback-row.mjs';

/** The floor: node:http, JSON.parse, a key check and the same durable batch, with no framework at all. */
const key = Buffer.from(`Bearer ${process.env.BENCH_KEY}`);
const database = new pg.Client({ connectionString: process.env.DATABASE_URL });
await database.connect();

const INSERT = `
  insert into feedback (project_id, id, channel_id, dialect, fields, search_text, author_email,
    author_email_normalized, contact_consent, sentiment, submitted_at, created_at, updated_at)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::jsonb[], $6::text[], $7::text[],
    $8::text[], $9::boolean[], $10::smallint[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])`;

let waiting = [];
let flushing = false;

async function flush() {
  flushing = true;
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    const column = (read) => batch.map(({ row }) => read(row));
    try {
      await database.query({
        name: 'insert',
        text: INSERT,
        values: [
          column((row) => row.projectId),
          column((row) => row.id),
          column((row) => row.channelId),
          column((row) => row.dialect),
          column((row) => JSON.stringify(row.fields)),
          column((row) => row.searchText),
          column((row) => row.authorEmail),
          column((row) => row.authorEmailNormalized),
          column((row) => row.contactConsent),
          column((row) => row.sentiment),
          column((row) => row.submittedAt),
          column((row) => row.createdAt),
          column((row) => row.updatedAt),
        ],
      });
      for (const { row, done } of batch) done(201, { id: row.id });
    } catch {
      for (const { done } of batch) done(503, { error: 'unavailable' });
    }
  }
  flushing = false;
}

const server = createServer((request, response) => {
  const done = (status, body) => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  if (request.url === '/health') return done(200, {});
  const given = Buffer.from(request.headers.authorization ?? '');
  if (given.length !== key.length || !timingSafeEqual(given, key)) return done(401, {});
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    waiting.push({ row: toFeedback(body), done });
    if (!flushing) void flush();
  });
});
process.once('SIGTERM', () => process.exit(0));
server.listen(Number(process.env.PORT), '127.0.0.1');
