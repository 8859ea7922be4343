import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../lib/database.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { HEAP_FLAGS, startServer } from '../lib/server.mjs';

const STORED = 1_000_000;
const JSON_TYPE = { 'Content-Type': 'application/json' };
const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESOLVED', 'DECLINED'];

/** Scoped feedback: pages of a scope that holds a million entries, and creates beside insider-connect's. */
export async function scoped(settings) {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  let chorus;
  try {
    chorus = await startServer(
      'dist/apps/api/src/main.js',
      {
        DATABASE_URL: database.url,
        NODE_ENV: 'development',
        CHORUS_DEMO: 'true',
        CHORUS_DATA_DIR: dataDir,
      },
      '/health/ready',
      HEAP_FLAGS,
    );
    const { insiderConnect, scopedFeedback } = JSON.parse(
      await readFile(join(dataDir, 'credentials.json'), 'utf8'),
    );
    const { server, users } = scopedFeedback;
    const user = bearer(await session(chorus.url, users.writer));
    const client = bearer(await token(chorus.url, insiderConnect));
    const body = {
      scope: { type: 'server', id: server.id },
      type: 'GENERAL',
      title: 'Missing banner',
      description: 'The banner of the shop is not shown.',
      category: 'UX',
      targetContext: 'banner detail',
      severity: 'LOW',
      labels: ['ui', 'banner'],
    };
    const create = (name, headers, more = {}) => ({
      name,
      server: chorus,
      request: {
        url: `${chorus.url}/v1/feedback`,
        method: 'POST',
        headers: { ...JSON_TYPE, ...headers },
        body: JSON.stringify({ ...body, ...more }),
      },
      prepare: () => clear(database),
    });
    const creates = await inTurns(
      [
        create('scoped-feedback, create by a user', user),
        create(
          'scoped-feedback, create by a server',
          { ...bearer(server.secret), 'X-Server-Id': server.id },
          { authorId: 'a-player' },
        ),
        {
          name: 'insider-connect, create',
          server: chorus,
          request: {
            url: `${chorus.url}/api/client/feedbacks`,
            method: 'POST',
            headers: { ...JSON_TYPE, ...client },
            body: JSON.stringify({
              description: 'The new interface is much more intuitive.',
              submittedByEmail: 'user@example.com',
              sentimentRating: true,
              contactConsent: true,
            }),
          },
          prepare: () => clear(database),
        },
      ],
      database,
      settings,
    );
    await clear(database);
    const { id } = await (
      await fetch(`${chorus.url}/v1/feedback`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...user },
        body: JSON.stringify(body),
      })
    ).json();
    await fill(database, id, users);
    const page = (name, query) => ({
      name: `one client, ${name}`,
      server: chorus,
      request: {
        url: `${chorus.url}/v1/feedback?scope=server&scopeId=${server.id}&limit=250${query}`,
        headers: user,
      },
    });
    const middle = await cursorAt(database, STORED / 2);
    const pages = await inTurns(
      [
        page(`250 of ${STORED.toLocaleString('en')}`, ''),
        page('250 of one rare status', '&status=DECLINED'),
        page('250 from the middle', `&cursor=${middle}`),
      ],
      database,
      { ...settings, connections: 1 },
    );
    return {
      intro:
        'Creates: the token or secret, permission, validation, and an answer with the whole entry once it is ' +
        `durable. Pages: by one client, so that a latency is what one reader waits; the scope holds ${STORED.toLocaleString('en')} ` +
        'entries, 0.1 % of them declined.',
      rows: [...creates, ...pages],
      ratios: [
        { text: 'create by a user / insider-connect', value: creates[0].rate / creates[2].rate },
        { text: 'create by a server / insider-connect', value: creates[1].rate / creates[2].rate },
        { text: '250 entries, p95 in ms (target under 15)', value: pages[0].p95 },
        { text: '250 entries of a rare status, p95 in ms', value: pages[1].p95 },
      ],
    };
  } finally {
    await chorus?.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function clear(database) {
  await database.query('truncate feedback, event, idempotency_key cascade');
  await database.query('checkpoint');
}

/** The entry a million times, without its words: a second apart, in every status, by and for people who have names. */
async function fill(database, id, users) {
  await database.query(
    `insert into feedback select made.* from feedback f, generate_series(1, $6::int) n,
       jsonb_populate_record(f, jsonb_build_object(
         'id', 1000000000 + n, 'search_text', '', 'created_at', f.created_at - n * interval '1 second',
         'author_id', case n % 3 when 0 then $2 when 1 then $3 else 'player-' || n end,
         'assignee_id', case when n % 5 = 0 then $3 end,
         'status', case when n % 1000 = 0 then $5 else ($4::text[])[1 + n % 4] end)) made
     where f.id = $1`,
    [id, users.writer.id, users.editor.id, STATUSES, STATUSES[4], STORED - 1],
  );
  await database.query('vacuum analyze feedback');
  await database.query('checkpoint');
}

/** The `nextCursor` of the page that ends with the nth entry. */
async function cursorAt(database, n) {
  const { rows } = await database.query(
    `select (extract(epoch from created_at) * 1000)::bigint as time, id from feedback
     order by created_at desc, id desc offset $1 limit 1`,
    [n],
  );
  return Buffer.from(JSON.stringify([Number(rows[0].time), Number(rows[0].id)])).toString('base64url');
}

function bearer(value) {
  return { Authorization: `Bearer ${value}` };
}

async function session(url, { email, password }) {
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ email, password }),
  });
  return (await answer.json()).accessToken;
}

async function token(url, { clientId, clientSecret }) {
  const answer = await fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  return (await answer.json()).access_token;
}
