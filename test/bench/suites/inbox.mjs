import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../lib/database.mjs';
import { arrive, loadInbox } from '../lib/inbox-data.mjs';
import { inboxShapes } from '../lib/inbox-shapes.mjs';
import { startServer } from '../lib/server.mjs';

const WARM_UP = 3;
const REQUESTS = 60;
/** A slow shape is asked less often: for this long, but ten times at least. */
const PATIENCE_MS = 8_000;
/** So many rows come in after the counts were folded. */
const UNFOLDED = 10_000;
/** What folding waits for: see FeedbackCountsStore. */
const FOLD_LOCK = 4_207_849_313;

/** Lists, facets and statistics of the management API, by one client, at the largest size that is asked for. */
export async function inbox({ sizes }) {
  const rows = Math.max(...sizes);
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  let server;
  try {
    server = await startServer(
      'dist/apps/api/src/main.js',
      { DATABASE_URL: database.url, NODE_ENV: 'development', CHORUS_DEMO: 'true', CHORUS_DATA_DIR: dataDir },
      '/health/ready',
    );
    const { admin } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
    const { rows: accounts } = await database.query(
      'select account_id as id from account_user where email = $1',
      [admin.email],
    );
    await loadInbox(database.query, accounts[0].id, rows);
    // Nothing is folded from here on: readers add up what was folded and what was not.
    await database.query('select pg_advisory_lock($1)', [FOLD_LOCK]);
    await arrive(database.query, rows + 1, rows + UNFOLDED, rows);
    const token = await tokenOf(server.url, admin);
    const results = [];
    for (const shape of inboxShapes(rows)) {
      const measured = await measure(server.url, token, shape);
      console.log(`${shape.name}\t${JSON.stringify(measured)}`);
      results.push({ shape, ...measured });
    }
    return report(results, rows);
  } finally {
    await server?.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Median and 95th percentile in milliseconds, and how many items the answer has. */
async function measure(url, token, { name, path, pages = 1 }) {
  const get = async (query) => {
    const response = await fetch(`${url}/api/admin${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  let at = path;
  for (let page = 1; page < pages; page++) at = `${path}&cursor=${(await get(at)).nextCursor}`;
  const times = [];
  let answer;
  const deadline = performance.now() + PATIENCE_MS;
  for (let n = 0; n < WARM_UP + REQUESTS; n++) {
    if (n >= WARM_UP + 10 && performance.now() > deadline) break;
    const start = performance.now();
    answer = await get(at);
    if (n >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const of = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
  return {
    items:
      (answer.items ?? answer.days ?? answer.byDay ?? (answer.id ? [answer] : answer.issues))?.length ?? 1,
    median: of(0.5),
    p95: of(0.95),
  };
}

async function tokenOf(url, { email, password }) {
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return (await answer.json()).accessToken;
}

function report(results, rows) {
  const bound = results.filter(({ shape }) => !shape.exempt);
  return {
    intro: `The inbox and the statistics of an account with ${rows} rows in 20 projects, half of them in one, by one client, one request at a time, in milliseconds; ${UNFOLDED} rows came after the counts were folded. A page has 20 items.`,
    table: {
      head: ['request', 'items', 'median', 'p95'],
      rows: results.map(({ shape, items, median, p95 }) => [
        shape.name,
        String(items),
        median.toFixed(1),
        p95.toFixed(1),
      ]),
    },
    ratios: [
      {
        text: 'slowest p95 but for patterns under three letters, in ms (target: below 100)',
        value: Math.max(...bound.map(({ p95 }) => p95)),
      },
    ],
  };
}
