import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectUuid } from '#libs/platform/ids/project-uuid.js';
import { startDatabase } from '../lib/database.mjs';
import { tokenOf } from '../lib/insider-connect.mjs';
import { storeFeelbacks } from '../lib/store-feelbacks.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { HEAP_FLAGS, startServer } from '../lib/server.mjs';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const ITEMS = 10_000;
const FEW = 1_000;
const MANY = 1_000_000;

/** Votes, and reading what they add up to, beside creating feedback through insider-connect and a stock hello. */
export async function feelback(settings) {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  const servers = [];
  const start = async (...args) => {
    const server = await startServer(...args);
    servers.push(server);
    return server;
  };
  try {
    const chorus = await start(
      'dist/apps/api/src/main.js',
      {
        DATABASE_URL: database.url,
        NODE_ENV: 'development',
        CHORUS_DEMO: 'true',
        CHORUS_DATA_DIR: dataDir,
        // One machine sends all of it.
        RATE_LIMIT_ANONYMOUS: '0',
      },
      '/health/ready',
      // As `npm start` and the image run it.
      HEAP_FLAGS,
    );
    const hello = await start('test/bench/subjects/nest-hello.mjs', {}, '/hello');
    const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
    const { contentSets, viewerKey } = credentials.feelback;
    const projectId = Number(credentials.feelback.projectId);
    const [few, many] = [contentSets.rating, contentSets['yes-no']];
    await storeFeelbacks(database, {
      projectId,
      contentSetId: few,
      values: ['1', '2', '3', '4', '5'],
      count: FEW,
    });
    await storeFeelbacks(database, {
      projectId,
      contentSetId: many,
      values: ['"y"', '"n"'],
      count: MANY * settings.scale,
    });
    const token = await tokenOf(chorus.url, credentials.insiderConnect);

    const call = (path, ...args) => ({
      url: `${chorus.url}/v0${path}`,
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify(args),
    });
    const vote = (key) =>
      call('/feelbacks/create', { contentSetId: contentSets.reaction, key, value: 'heart' });
    const stats = (id) => {
      const request = call('/sets/getStats', id, { period: 'month' });
      return { ...request, headers: { ...JSON_TYPE, Authorization: `API-KEY ${viewerKey}` } };
    };
    // Made by the same means as the spread ones, so that the generator costs the same.
    const hot = { ...vote('/page-@@@@'), vary: { marker: '@@@@', count: 1 } };
    const spread = { ...vote('/page-@@@@'), vary: { marker: '@@@@', count: ITEMS } };
    // What votes leave behind is swept away before each turn; the items stay, as they do in life.
    const empty = async () => {
      await database.query('truncate feedback, event, attachment, idempotency_key cascade');
      await database.query('delete from feelback where content_set_id = $1', [contentSets.reaction]);
      await database.query(
        'delete from feelback_rollup where $1 in (scope_id, entity_id) or (scope_id = entity_id)',
        [contentSets.reaction],
      );
      await database.query('vacuum feelback, feelback_rollup');
      await database.query('checkpoint');
    };
    const stored = async ({ rate }) => {
      const { rows } = await database.query(
        `select (select count(*)::int from feelback where content_set_id = $1) as rows,
           (select count::int from feelback_rollup where entity_id = $1 and grain = 'life') as counted`,
        [contentSets.reaction],
      );
      const [{ rows: votes, counted }] = rows;
      if (votes < rate * settings.seconds * 0.9) throw new Error('Answers without rows.');
      if (votes !== counted) throw new Error(`${votes} votes are stored, ${counted} are counted.`);
    };
    await makeItems(database, { projectId, contentSetId: contentSets.reaction });

    const subjects = [
      {
        name: 'insider-connect, create feedback',
        server: chorus,
        request: {
          url: `${chorus.url}/api/client/feedbacks`,
          method: 'POST',
          headers: { ...JSON_TYPE, Authorization: `Bearer ${token}` },
          body: JSON.stringify({
            description: 'The new interface is much more intuitive.',
            submittedByEmail: 'user@example.com',
            sentimentRating: true,
            contactConsent: true,
          }),
        },
        prepare: empty,
      },
      { name: 'votes on one hot item', server: chorus, request: hot, prepare: empty, check: stored },
      {
        name: `votes spread over ${ITEMS} items`,
        server: chorus,
        request: spread,
        prepare: empty,
        check: stored,
      },
      { name: 'stock Nest, hello', server: hello, request: { url: `${hello.url}/hello` } },
      {
        name: 'getAggregates, lifetime',
        server: chorus,
        request: {
          url: `${chorus.url}/v0/feelbacks/getAggregates?$p=${encodeURIComponent(
            JSON.stringify([{ contentSetId: many, key: 'item 7' }]),
          )}`,
        },
      },
      { name: `getStats of ${FEW} feelbacks`, server: chorus, request: stats(few) },
      { name: `getStats of ${MANY * settings.scale} feelbacks`, server: chorus, request: stats(many) },
    ];
    const rows = await inTurns(subjects, database, settings);
    const [insider, onHot, onSpread, plain, aggregates, ofFew, ofMany] = rows;
    return {
      intro:
        'Votes are answered when row, counts (content, set and project by hour, day, month and lifetime) and event ' +
        'are durable; each carries a revoke token. Reads come from the counts.',
      rows,
      ratios: [
        { text: 'votes, hot / spread (target 0.9)', value: onHot.rate / onSpread.rate },
        { text: 'votes, hot / insider-connect create (target 0.8)', value: onHot.rate / insider.rate },
        { text: 'votes, spread / insider-connect create (target 0.8)', value: onSpread.rate / insider.rate },
        { text: 'getAggregates / stock Nest hello (target 0.5)', value: aggregates.rate / plain.rate },
        { text: 'getStats, p95 of many / p95 of few (target at most 1.2)', value: ofMany.p95 / ofFew.p95 },
      ],
    };
  } finally {
    for (const server of servers) await server.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The items that are voted on. */
async function makeItems(database, { projectId, contentSetId }) {
  const keys = Array.from({ length: ITEMS }, (_, n) => `/page-${String(n).padStart(4, '0')}`);
  await database.query(
    `insert into content
     select $1, c.id, $2, c.key, sha256(c.key::bytea), null, null, null, c.key, 'active', now(), now()
     from unnest($3::uuid[], $4::text[]) as c (id, key)`,
    [projectId, contentSetId, keys.map(() => projectUuid(projectId, Date.now())), keys],
  );
  await database.query('update content_set set content_count = $2 where id = $1', [
    contentSetId,
    keys.length,
  ]);
}
