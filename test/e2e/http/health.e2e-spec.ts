import { Readiness } from '#apps/api/src/http/health/readiness.js';
import { AdminClient, signIn } from '#test/support/admin.js';
import { createFeedback, requestToken, tokenOf } from '#test/support/insider-connect.js';
import { until } from '#test/support/until.js';
import { cutConnections, takeDatabaseAway } from '#test/support/outage.js';
import type { SeededAccount, SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

const READY = { database: 'ok', migrations: 'ok', queue: 'ok', accepting: 'ok' };

describe('a healthy process', () => {
  const app = testApp();

  it('is alive and ready, and says what it looked at', async () => {
    const live = await app.fetch('/health/live');
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await app.fetch('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', checks: READY }]);
  });

  it('goes on when every connection to the database was cut', async () => {
    await cutConnections(app.databaseUrl);
    await until(async () => (await app.fetch('/health/ready')).status === 200, 5_000);
    expect(app.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is not ready while a migration of its build has not run', async () => {
    const last = await app.query<{ id: number; name: string; timestamp: number }>(
      'delete from migration where id = (select max(id) from migration) returning *',
    );
    const { id, name, timestamp } = last[0]!;
    try {
      const ready = await app.fetch('/health/ready');
      expect([ready.status, await ready.json()]).toEqual([
        503,
        { status: 'unavailable', checks: { ...READY, migrations: 'failed' } },
      ]);
    } finally {
      await app.query('insert into migration (id, name, timestamp) values ($1, $2, $3)', [
        id,
        name,
        timestamp,
      ]);
    }
    expect((await app.fetch('/health/ready')).status).toBe(200);
  });

  it('is not ready once it stops accepting, alive all the same, and keeps no connection', async () => {
    app.server.app.get(Readiness).stopAccepting();
    const ready = await app.fetch('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', checks: { ...READY, accepting: 'failed' } },
    ]);
    const live = await app.fetch('/health/live');
    expect([live.status, live.headers.get('connection')]).toEqual([200, 'close']);
  });
});

describe('while the database is away', () => {
  const app = testApp();
  let account: SeededAccount;
  let client: SeededClient;
  let admin: AdminClient;
  let token: string;
  let bringBack: () => Promise<void>;

  beforeAll(async () => {
    account = await app.seed.account();
    client = await app.seed.client({ account });
    admin = await AdminClient.signIn(app, account.owner);
    token = await tokenOf(app, client);
    bringBack = await takeDatabaseAway(app.databaseUrl);
  });

  afterAll(() => bringBack());

  it('the process is alive, and says which check failed', async () => {
    expect((await app.fetch('/health/live')).status).toBe(200);
    const ready = await app.fetch('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      {
        status: 'unavailable',
        checks: { database: 'failed', migrations: 'failed', queue: 'failed', accepting: 'ok' },
      },
    ]);
  });

  it('calls of the management API answer 503 with Retry-After, as a problem', async () => {
    for (const response of [
      await admin.call('GET', '/api/admin/projects'),
      await admin.call('POST', '/api/admin/projects', { name: 'x' }),
      await signIn(app, account.owner),
    ]) {
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      const problem = (await response.json()) as { detail: string };
      expect(problem).toMatchObject({ status: 503, code: 'unavailable' });
      expect(problem.detail).not.toMatch(/database|postgres|chorus_/i);
    }
  });

  it('calls of insider-connect answer 503 with Retry-After, in the envelope', async () => {
    for (const response of [
      await createFeedback(app, token),
      await app.fetch('/api/client/feedbacks', { headers: { Authorization: `Bearer ${token}` } }),
      await app.fetch('/api/client/feedbacks/1', { headers: { Authorization: `Bearer ${token}` } }),
    ]) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([
        503,
        expect.stringMatching(/^\d+$/),
      ]);
      expect(await response.json()).toMatchObject({
        isSuccess: false,
        data: null,
        errors: [expect.any(String)],
      });
    }
  });

  it('token requests answer 503 with Retry-After, as an OAuth error', async () => {
    const response = await requestToken(app, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
    ]);
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });

  it('metrics can be read all the same', async () => {
    const response = await app.fetch('/metrics');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('chorus_http_request_duration_seconds_bucket');
  });

  it('refusals that need no database stay what they are', async () => {
    expect((await app.fetch('/api/admin/projects')).status).toBe(401);
    expect((await app.fetch('/api/client/nowhere')).status).toBe(404);
    expect((await app.fetch('/api/auth/sign-in', { method: 'PUT' })).status).toBe(405);
  });

  it('the log says so as a warning, and nothing counts as a fault of ours', () => {
    expect(
      app.log.entries.some(({ level, message }) => level === 'warn' && message.includes('dependency')),
    ).toBe(true);
    expect(app.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('when the database is back', () => {
  const app = testApp();

  it('everything works again, without a restart', async () => {
    const client = await app.seed.client();
    const token = await tokenOf(app, client);
    const bringBack = await takeDatabaseAway(app.databaseUrl);
    expect((await createFeedback(app, token)).status).toBe(503);
    await bringBack();
    await until(async () => (await app.fetch('/health/ready')).status === 200, 5_000);
    expect((await createFeedback(app, token)).status).toBe(201);
    expect((await app.fetch('/metrics')).status).toBe(200);
  });
});
