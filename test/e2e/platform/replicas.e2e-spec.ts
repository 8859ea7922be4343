import { randomUUID } from 'node:crypto';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Database } from '#libs/platform/database/database.js';
import { AdminClient } from '#test/support/admin.js';
import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

/** Revocation must be seen by every process within this time. */
const PROMISE_MS = 2_000;

describe('two processes on one database', () => {
  const app = testApp({ PUBLIC_URL: 'https://feedback.example.com' });
  let other: TestApp;

  beforeAll(async () => {
    other = await app.replica();
  });

  it('take each other’s tokens', async () => {
    const token = await tokenOf(app, await app.seed.client());
    expect((await createFeedback(other, token)).status).toBe(201);
  });

  it('hear of a change once it is committed, the one that made it before it goes on, and of no other', async () => {
    const [db, feed] = [app.server.app.get(Database), app.server.app.get(ChangeFeed)];
    const [heard, heardByOther]: string[][] = [[], []];
    feed.subscribe((change) => heard!.push(change === 'unknown' ? change : change.id));
    other.server.app
      .get(ChangeFeed)
      .subscribe((change) => heardByOther!.push(change === 'unknown' ? change : change.id));
    const [kept, lost] = [randomUUID(), randomUUID()];
    const failing = db.transaction(async () => {
      await db.transaction(() => feed.announce('project', lost));
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await db.transaction(async () => {
      await db.transaction(() => feed.announce('project', kept));
      expect(heard).not.toContain(kept);
    });
    expect(heard).toContain(kept);
    await until(() => heardByOther!.includes(kept), PROMISE_MS);
    expect([...heard!, ...heardByOther!]).not.toContain(lost);
  });

  it.each(['a client that is switched off', 'a secret that is revoked'])(
    'both refuse the tokens of %s within two seconds',
    async (what) => {
      const client = await app.seed.client();
      const admin = await AdminClient.signIn(app, client.account.owner);
      const token = await tokenOf(app, client);
      const status = async () => (await createFeedback(other, token)).status;
      expect(await status()).toBe(201);
      const path = `/api/admin/oauth-clients/${client.clientId}`;
      if (what.startsWith('a client')) await admin.json('PATCH', path, { active: false });
      else expect((await admin.call('DELETE', `${path}/secrets/${client.secretId}`)).status).toBe(204);
      const started = performance.now();
      await until(async () => (await status()) === 401);
      expect(performance.now() - started).toBeLessThan(PROMISE_MS);
    },
  );

  it('both refuse writes to an archived project within two seconds, and take them again after', async () => {
    const client = await app.seed.client();
    const admin = await AdminClient.signIn(app, client.account.owner);
    const token = await tokenOf(app, client);
    const status = async () => (await createFeedback(other, token)).status;
    expect(await status()).toBe(201);
    for (const [archived, expected] of [
      [true, 409],
      [false, 201],
    ] as const) {
      await admin.json('PATCH', `/api/admin/projects/${client.projectId}`, { archived });
      const started = performance.now();
      await until(async () => (await status()) === expected);
      expect(performance.now() - started).toBeLessThan(PROMISE_MS);
    }
  });

  it('both refuse a revoked token within two seconds when nobody hears of changes', async () => {
    const client = await app.seed.client();
    const admin = await AdminClient.signIn(app, client.account.owner);
    const token = await tokenOf(app, client);
    expect((await createFeedback(other, token)).status).toBe(201);
    // Every listening connection dies, the moment before the change.
    await app.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'chorus changes' and datname = current_database()`,
    );
    await admin.json('PATCH', `/api/admin/oauth-clients/${client.clientId}`, { active: false });
    const started = performance.now();
    await until(async () => (await createFeedback(other, token)).status === 401);
    expect(performance.now() - started).toBeLessThan(PROMISE_MS);
  });

  it('make one row of many requests with one idempotency key, whoever gets them', async () => {
    const client = await app.seed.client();
    const token = await tokenOf(app, client);
    const key = randomUUID();
    const send = (where: TestApp) => createFeedback(where, token, EXAMPLE, { 'Idempotency-Key': key });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(index % 2 ? app : other)),
    );
    const ids = new Set<number>();
    for (const answer of answers) {
      const { data } = await envelope<number>(answer);
      if (answer.status === 201) ids.add(data);
      // The others came while the first one was in flight.
      else expect(answer.status).toBe(409);
    }
    expect(ids.size).toBe(1);
    const [row] = await app.query<{ count: number }>(
      'select count(*) as count from feedback where project_id = $1',
      [client.projectId],
    );
    expect(row!.count).toBe(1);
    const late = await send(other);
    expect(late.headers.get('idempotent-replayed')).toBe('true');
    expect([...ids]).toEqual([(await envelope<number>(late)).data]);
  });

  it('write what arrives together by fewer commits than rows, each with its own id and event', async () => {
    const client = await app.seed.client();
    const token = await tokenOf(app, client);
    const answers = await Promise.all(Array.from({ length: 60 }, () => createFeedback(app, token)));
    const ids = await Promise.all(answers.map(async (answer) => (await envelope<number>(answer)).data));
    expect(new Set(ids).size).toBe(60);
    const rows = await app.query<{ commits: number; rows: number; events: number }>(
      `select count(distinct f.xmin::text) as commits, count(*) as rows, count(e.id) as events
       from feedback f left join event e on e.project_id = f.project_id and e.subject_id = f.id::text
       where f.project_id = $1`,
      [client.projectId],
    );
    expect(rows[0]).toMatchObject({ rows: 60, events: 60 });
    expect(rows[0]!.commits).toBeLessThan(60);
  });
});
