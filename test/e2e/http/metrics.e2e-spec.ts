import { AdminClient } from '#test/support/admin.js';
import { createFeedback, tokenOf } from '#test/support/insider-connect.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

async function metrics(app: TestApp, headers: Record<string, string> = {}): Promise<string> {
  const response = await app.fetch('/metrics', { headers });
  expect(response.status).toBe(200);
  return response.text();
}

describe('GET /metrics', () => {
  const app = testApp();

  it('shows requests by dialect, method, route template and status', async () => {
    const account = await app.seed.account();
    const admin = await AdminClient.signIn(app, account.owner);
    const project = await app.seed.project(account);
    await admin.call('GET', `/api/admin/projects/${project.id}`);
    await admin.call('GET', '/api/admin/projects/not-a-number');
    await app.fetch('/health/live');
    await app.fetch('/api/admin/nowhere/at-all');
    // A request is counted when its answer is gone, which may be after it came.
    await until(async () => (await metrics(app)).includes('route="unmatched",status="404"} 1'));
    const text = await metrics(app);
    expect(text).toMatch(
      /duration_seconds_count\{dialect="admin",method="GET",route="\/api\/admin\/projects\/:projectId",status="200"\} 1/,
    );
    expect(text).toMatch(
      /dialect="admin",method="GET",route="\/api\/admin\/projects\/:projectId",status="400"\} 1/,
    );
    expect(text).toMatch(/dialect="none",method="GET",route="\/health\/live",status="200"\} 1/);
    expect(text).toMatch(/dialect="admin",method="GET",route="unmatched",status="404"\} 1/);
  });

  it('never shows what stood in an address', async () => {
    const secret = 'person@example.com';
    for (const path of [
      `/${secret}`,
      `/api/admin/users/${secret}`,
      `/api/client/feedbacks/${secret}?q=${secret}`,
    ]) {
      await app.fetch(path);
      await app.fetch(path, { method: 'OPTIONS' });
      await app.fetch(path, { method: 'PROPFIND' });
    }
    expect(await metrics(app)).not.toContain('person@');
  });

  it('does not grow with what callers make up', async () => {
    const labels = async () =>
      (await metrics(app)).match(/duration_seconds_count\{[^}]*route="unmatched"[^}]*\}/g)?.toSorted();
    await Promise.all(METHODS.map((method) => app.fetch('/nowhere-0', { method })));
    await until(async () => {
      const text = await metrics(app);
      return METHODS.every((method) => text.includes(`method="${method}",route="unmatched"`));
    });
    const before = await labels();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        app.fetch(`/nowhere-${n}`, { method: METHODS[n % METHODS.length]! }),
      ),
    );
    expect(await labels()).toEqual(before);
  });

  it('shows the pool, the queue, the batches and the process', async () => {
    const token = await tokenOf(app, await app.seed.client());
    await createFeedback(app, token);
    const text = await metrics(app);
    for (const state of ['busy', 'idle', 'waited_for']) {
      expect(text).toMatch(new RegExp(`chorus_database_pool_connections\\{state="${state}"\\} \\d+`));
    }
    expect(text).toContain('# TYPE chorus_jobs gauge');
    expect(text).toMatch(/chorus_write_batch_rows_count\{[a-z]+="feedback"\} 1/);
    expect(text).toContain('chorus_nodejs_eventloop_lag_seconds');
    expect(text).toContain('chorus_process_cpu_seconds_total');
  });

  it.each([
    { 'X-Forwarded-For': '127.0.0.1' },
    { Forwarded: 'for=192.0.2.1' },
    { 'X-Real-IP': '192.0.2.1' },
    { Via: '1.1 proxy' },
  ])('is not for those who come by a proxy on this machine (%j)', async (headers) => {
    const response = await app.fetch('/metrics', { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('chorus_');
  });
});

describe('GET /metrics with a METRICS_TOKEN', () => {
  const app = testApp({ METRICS_TOKEN: 'a-token-for-the-scraper', TRUST_PROXY: 'true' });

  it('is for its holder, wherever that is', async () => {
    const headers = { Authorization: 'Bearer a-token-for-the-scraper', 'X-Forwarded-For': '192.0.2.1' };
    expect(await metrics(app, headers)).toContain('chorus_');
  });

  it('is for this machine without it', async () => {
    expect(await metrics(app)).toContain('chorus_');
  });

  it.each(['Bearer another-token', 'Bearer a-token-for-the-scraper2', 'Basic YTpi', 'Bearer'])(
    'is not for a stranger with %s',
    async (authorization) => {
      const headers = { Authorization: authorization, 'X-Forwarded-For': '192.0.2.1' };
      const response = await app.fetch('/metrics', { headers });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="chorus"',
      ]);
    },
  );

  it('is not for a user with a token of another kind', async () => {
    const admin = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    expect((await admin.call('GET', '/metrics')).status).toBe(401);
  });
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'];
