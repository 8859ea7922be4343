import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FeedbackSearchStore } from '#libs/feedback/search/feedback-search.store.js';
import { startDatabase } from '../lib/database.mjs';
import { EQUAL, loadFeedback } from '../lib/search-data.mjs';
import { searchShapes } from '../lib/search-shapes.mjs';
import { root, startServer } from '../lib/server.mjs';

const PLANS = join(root, 'docs/search-plans.md');
const WARM_UP = 3;
const REQUESTS = 40;
/** A slow shape is asked less often: for this long, but five times at least. */
const PATIENCE_MS = 8_000;

/** Searches through user-feedback, by one client, at every size; the plans of the largest go to docs/search-plans.md. */
export async function search({ sizes }) {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  let server;
  try {
    server = await startServer(
      'dist/apps/api/src/main.js',
      { DATABASE_URL: database.url, NODE_ENV: 'development', CHORUS_DEMO: 'true', CHORUS_DATA_DIR: dataDir },
      '/health/ready',
    );
    const { userFeedback } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
    const { rows: fields } = await database.query(
      `select key, format, system_column as "systemColumn" from field where project_id = $1 and channel_id = $2
       order by position`,
      [userFeedback.projectId, userFeedback.channelId],
    );
    const results = new Map();
    for (const size of sizes) {
      const { issueId } = await loadFeedback(database.query, userFeedback, size);
      const path = `/api/projects/${userFeedback.projectId}/channels/${userFeedback.channelId}/feedbacks`;
      const v2Path = `${path.replace('/api/', '/api/v2/')}/search`;
      const shapes = searchShapes({ fields, path, v2Path, rows: size, issueId });
      for (const shape of shapes) {
        const measured = await measure(server.url, userFeedback.apiKey, shape);
        console.log(`${size}\t${shape.name}\t${JSON.stringify(measured)}`);
        results.set(shape.name, { ...results.get(shape.name), shape, [size]: measured });
      }
      if (size === sizes.at(-1)) await writePlans(database, userFeedback, fields, shapes, size);
    }
    return report([...results.values()], sizes);
  } finally {
    await server?.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Median and 95th percentile in milliseconds, and how many matched. */
async function measure(url, apiKey, { name, request: { method, path, body } }) {
  const times = [];
  let matches;
  const deadline = performance.now() + PATIENCE_MS;
  for (let n = 0; n < WARM_UP + REQUESTS; n++) {
    if (n >= WARM_UP + 5 && performance.now() > deadline) break;
    const start = performance.now();
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-api-key': apiKey, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (n >= WARM_UP) times.push(performance.now() - start);
    if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(answer)}`);
    matches = answer.meta?.totalItems ?? 1;
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
  return { matches, median: at(0.5), p95: at(0.95) };
}

/** What PostgreSQL does for each shape, statement by statement, as the store asks it. */
async function writePlans(database, { projectId, channelId }, fields, shapes, size) {
  const sections = [];
  for (const { name, query, paging } of shapes) {
    const plans = [];
    const store = new FeedbackSearchStore({
      query: async (sql, values) => {
        const { rows } = await database.query(`explain (analyze, buffers, costs off) ${sql}`, values);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return (await database.query(sql, values)).rows;
      },
    });
    await store.search({ projectId, channelIds: [channelId] }, query, fields, paging);
    sections.push(`## ${name}\n\n${plans.map((plan) => `\`\`\`\n${plan}\n\`\`\`\n`).join('\n')}`);
  }
  const head = `# Plans of the searches

Made by \`npm run bench -- search\` with ${size} rows, half of them in the channel. A shape with more than 10,000 matches
has three statements: the first gives up, then come the count and the page. Times include what EXPLAIN costs.
`;
  await writeFile(PLANS, `${head}\n${sections.join('\n')}`);
}

function report(results, sizes) {
  const last = sizes.at(-1);
  const head = ['shape', ...sizes.flatMap((size) => [`${size} rows: matches`, 'median', 'p95'])];
  const rows = results.map((result) => [
    result.shape.name,
    ...sizes.flatMap((size) => {
      const { matches, median, p95 } = result[size];
      return [String(matches), median.toFixed(1), p95.toFixed(1)];
    }),
  ]);
  const slowest = (some, of) => Math.max(0, ...some.map((result) => result[last][of]));
  const few = results.filter((result) => !result.shape.exempt && result[last].matches < 10_000);
  const grown = results
    .filter(({ shape }) => shape.equal)
    .map((result) => result[last].median / result[sizes[0]].median);
  return {
    intro: `Searches through user-feedback by one client, one request at a time, in milliseconds; half of the rows are in the channel that is searched, the other half in another project. What says "${EQUAL} rows" has as many matches at every size.`,
    table: { head, rows },
    ratios: [
      { text: 'get by id, p95 in ms (target: below 5)', value: results[0][last].p95 },
      {
        text: 'slowest p95 of the indexed shapes with less than 10,000 matches, in ms (target: below 80)',
        value: slowest(few, 'p95'),
      },
      {
        text: 'slowest median of what is not two letters, a common word or an unindexable value, in ms (target: below 300)',
        value: slowest(
          results.filter(({ shape }) => !shape.exempt),
          'median',
        ),
      },
      {
        text: `largest growth from ${sizes[0]} to ${last} rows at as many matches (target: below 2)`,
        value: Math.max(...grown),
      },
    ],
  };
}
