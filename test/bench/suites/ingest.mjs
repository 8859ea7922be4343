import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../lib/database.mjs';
import { tokenOf } from '../lib/insider-connect.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { HEAP_FLAGS, startServer } from '../lib/server.mjs';

const BODY = JSON.stringify({
  description: 'The new interface is much more intuitive.',
  submittedByEmail: 'user@example.com',
  sentimentRating: true,
  contactConsent: true,
});
/** As many values, by a channel's own fields. */
const FIELDS = {
  message: 'The new interface is much more intuitive.',
  email: 'user@example.com',
  rating: 5,
  os: 'ios',
};
const HOT_ISSUE = 'Everybody says so';
const JSON_TYPE = { 'Content-Type': 'application/json' };

/**
 * Creating feedback through insider-connect and user-feedback, beside what the same stack, and no stack at all, can do.
 */
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
      HEAP_FLAGS,
    );
    const { insiderConnect: credentials, userFeedback } = JSON.parse(
      await readFile(join(dataDir, 'credentials.json'), 'utf8'),
    );
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
      // In the order in which Chorus takes them: a batch that is still on its way when the load ends is waited for.
      await database.query(
        'truncate issue, feedback, feedback_issue, attachment, event, idempotency_key cascade',
      );
      await database.query('checkpoint');
    };
    const keyed = { ...JSON_TYPE, Authorization: `Bearer ${target.BENCH_KEY}` };
    const written = async ({ rate }) => {
      const { rows } = await database.query('select count(*)::int as count from feedback');
      if (rows[0].count < rate * settings.seconds * 0.9) throw new Error('Answers without rows.');
    };
    const counted = async (result) => {
      await written(result);
      const { rows } = await database.query(
        `select feedback_count = (select count(*) from feedback) as exact from issue where name = $1`,
        [HOT_ISSUE],
      );
      if (!rows[0]?.exact) throw new Error('The count of the hot issue is wrong.');
    };
    const { projectId, channelId, apiKey } = userFeedback;
    const throughFields = (body) => ({
      url: `${chorus.url}/api/projects/${projectId}/channels/${channelId}/feedbacks`,
      method: 'POST',
      headers: { ...JSON_TYPE, 'x-api-key': apiKey },
      body: JSON.stringify(body),
    });
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
      {
        name: 'user-feedback, create',
        server: chorus,
        request: throughFields(FIELDS),
        prepare: empty,
        check: written,
      },
      {
        name: 'user-feedback, one hot issue',
        server: chorus,
        request: throughFields({ ...FIELDS, issueNames: [HOT_ISSUE] }),
        prepare: empty,
        check: counted,
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
        { text: 'Chorus / stock Nest hello (target 0.9)', value: rate(0) / rate(3) },
        { text: 'Chorus / repository.save (target 3)', value: rate(0) / rate(4) },
        { text: 'Chorus / node:http with durable batches (target 0.3)', value: rate(0) / rate(5) },
        { text: 'user-feedback / insider-connect (target 0.8)', value: rate(1) / rate(0) },
        { text: 'user-feedback with one hot issue / insider-connect (target 0.3)', value: rate(2) / rate(0) },
      ],
    };
  } finally {
    for (const server of servers) await server.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
