import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../lib/database.mjs';
import { tokenOf } from '../lib/insider-connect.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { startServer } from '../lib/server.mjs';

const BODY = JSON.stringify({
  description: 'The new interface is much more intuitive.',
  submittedByEmail: 'user@example.com',
  sentimentRating: true,
  contactConsent: true,
});
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Creating feedback through insider-connect, beside what the same stack, and no stack at all, can do. */
export async function ingest(settings) {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  const servers = [];
  const start = async (...args) => {
    const server = await startServer(...args);
    servers.push(server);
    return server;
  };
  try {
    const env = { DATABASE_URL: database.url };
    const chorus = await start(
      'dist/apps/api/src/main.js',
      {
        ...env,
        NODE_ENV: 'development',
        CHORUS_DEMO: 'true',
        CHORUS_DATA_DIR: dataDir,
      },
      '/health/ready',
      // As `npm start` and the image run it.
      ['--max-semi-space-size=16'],
    );
    const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')).insiderConnect;
    const token = await tokenOf(chorus.url, credentials);
    const target = {
      ...env,
      BENCH_PROJECT: credentials.projectId,
      BENCH_CHANNEL: credentials.channelId,
      BENCH_KEY: 'a-key-that-is-checked-on-every-request',
    };
    const hello = await start('test/bench/subjects/nest-hello.mjs', {}, '/hello');
    const save = await start('test/bench/subjects/nest-save.mjs', target, '/health');
    const bare = await start('test/bench/subjects/node-http.mjs', target, '/health');
    // Each turn starts on a clean slate: what one subject left for the disk is not the next one's burden.
    const empty = async () => {
      await database.query('truncate feedback, event, idempotency_key cascade');
      await database.query('checkpoint');
    };
    const keyed = { ...JSON_TYPE, Authorization: `Bearer ${target.BENCH_KEY}` };
    const written = async ({ rate }) => {
      const { rows } = await database.query('select count(*)::int as count from feedback');
      if (rows[0].count < rate * settings.seconds * 0.9) throw new Error('Answers without rows.');
    };
    const subjects = [
      {
        name: 'Chorus, create feedback',
        server: chorus,
        request: {
          url: `${chorus.url}/api/client/feedbacks`,
          method: 'POST',
          headers: { ...JSON_TYPE, Authorization: `Bearer ${token}` },
          body: BODY,
        },
        prepare: empty,
        check: written,
      },
      { name: 'stock Nest, hello', server: hello, request: { url: `${hello.url}/hello` }, prepare: empty },
      {
        name: 'stock Nest, repository.save',
        server: save,
        request: { url: `${save.url}/feedbacks`, method: 'POST', headers: keyed, body: BODY },
        prepare: empty,
        check: written,
      },
      {
        name: 'node:http, durable batches',
        server: bare,
        request: { url: `${bare.url}/feedbacks`, method: 'POST', headers: keyed, body: BODY },
        prepare: empty,
        check: written,
      },
    ];
    const rows = await inTurns(subjects, database, settings);
    const rate = (index) => rows[index].rate;
    return {
      intro:
        'Chorus checks the token, validates, and answers when row, event and indexes (trigram, jsonb) are durable. ' +
        'The references write the same columns into the same table and indexes, without an event; hello writes nothing.',
      rows,
      ratios: [
        { text: 'Chorus / stock Nest hello (target 0.9)', value: rate(0) / rate(1) },
        { text: 'Chorus / repository.save (target 3)', value: rate(0) / rate(2) },
        { text: 'Chorus / node:http with durable batches (target 0.3)', value: rate(0) / rate(3) },
      ],
    };
  } finally {
    for (const server of servers) await server.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
