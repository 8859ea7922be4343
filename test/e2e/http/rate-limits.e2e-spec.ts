import { AdminClient, signIn } from '#test/support/admin.js';
import { requestToken, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

function expectLimited({ status, headers }: Response): void {
  expect(status).toBe(429);
  const wait = Number(headers.get('retry-after'));
  expect(Number.isInteger(wait) && wait >= 1 && wait <= 60).toBe(true);
}

describe('anonymous calls', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 3, TRUST_PROXY: 'true' });

  function keys(address: string): Promise<Response> {
    return app.fetch('/.well-known/jwks.json', { headers: { 'X-Forwarded-For': address } });
  }

  it('are limited by address, over all dialects, with the seconds to wait', async () => {
    for (let call = 0; call < 3; call++) expect((await keys('192.0.2.1')).status).toBe(200);
    const refused = await keys('192.0.2.1');
    expectLimited(refused);
    expect(await refused.json()).toMatchObject({ isSuccess: false, errors: [expect.any(String)] });
    const other = await app.fetch('/api/auth/sign-in', {
      method: 'POST',
      headers: { 'X-Forwarded-For': '192.0.2.1' },
    });
    expectLimited(other);
    expect(await other.json()).toMatchObject({ status: 429, code: 'limited' });
  });

  it('are told how many are left, which pages of elsewhere may read', async () => {
    const told = [];
    for (let call = 0; call < 4; call++) {
      const { status, headers } = await app.fetch('/v0/feelbacks/create', {
        method: 'POST',
        headers: { 'X-Forwarded-For': '192.0.2.6', Origin: 'https://blog.test' },
      });
      const [policy, state] = [headers.get('ratelimit-policy'), headers.get('ratelimit')];
      told.push([status, policy, state?.replace(/t=([1-9]|[1-5]\d|60)$/, 't=SECONDS')]);
      expect(headers.get('access-control-expose-headers')).toContain('RateLimit, RateLimit-Policy');
    }
    const at = (status: number, left: number) => [
      status,
      '"anonymous";q=3;w=60',
      `"anonymous";r=${left};t=SECONDS`,
    ];
    expect(told).toEqual([at(400, 2), at(400, 1), at(400, 0), at(429, 0)]);
  });

  it('of another address are not', async () => {
    for (let call = 0; call < 4; call++) await keys('192.0.2.2');
    expect((await keys('192.0.2.3')).status).toBe(200);
  });

  it('of health and metrics are not', async () => {
    for (let call = 0; call < 6; call++) {
      for (const path of ['/health/live', '/health/ready']) {
        const { status } = await app.fetch(path, { headers: { 'X-Forwarded-For': '192.0.2.4' } });
        expect(status).toBe(200);
      }
    }
  });

  it('that are refused do not bar calls with credentials from the same address', async () => {
    const account = await app.seed.account();
    const headers = { 'X-Forwarded-For': '192.0.2.5' };
    const response = await app.fetch('/api/auth/sign-in', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(account.owner),
    });
    const { accessToken } = (await response.json()) as { accessToken: string };
    for (let call = 0; call < 4; call++) await keys('192.0.2.5');
    const me = await app.fetch('/api/auth/me', {
      headers: { ...headers, Authorization: `Bearer ${accessToken}` },
    });
    expect(me.status).toBe(200);
  });
});

describe('anonymous calls past no trusted proxy', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 3 });

  it('cannot get round the limit with a header', async () => {
    const call = (n: number) =>
      app.fetch('/.well-known/jwks.json', { headers: { 'X-Forwarded-For': `192.0.2.${n}` } });
    for (let n = 0; n < 3; n++) expect((await call(n)).status).toBe(200);
    expectLimited(await call(9));
  });
});

describe('calls with credentials', () => {
  const app = testApp({ RATE_LIMIT_CREDENTIAL: 3, RATE_LIMIT_ANONYMOUS: 0 });

  it('are limited by credential, whichever of its tokens is used', async () => {
    const client = await app.seed.client();
    const list = async () =>
      app.fetch('/api/client/feedbacks', {
        headers: { Authorization: `Bearer ${await tokenOf(app, client)}` },
      });
    for (let call = 0; call < 3; call++) expect((await list()).status).toBe(200);
    const refused = await list();
    expectLimited(refused);
    expect(refused.headers.get('ratelimit')).toMatch(/^"credential";r=0;t=\d+$/);
    expect(await refused.json()).toMatchObject({ isSuccess: false, data: null });
    const neighbour = await tokenOf(app, await app.seed.client({ account: client.account }));
    const { status } = await app.fetch('/api/client/feedbacks', {
      headers: { Authorization: `Bearer ${neighbour}` },
    });
    expect(status).toBe(200);
  });

  it('are limited user by user', async () => {
    const account = await app.seed.account();
    const [one, other] = await Promise.all([
      AdminClient.signIn(app, account.owner),
      AdminClient.signIn(app, await app.seed.user(account)),
    ]);
    for (let call = 0; call < 3; call++) expect((await one.call('GET', '/api/auth/me')).status).toBe(200);
    expectLimited(await one.call('GET', '/api/auth/me'));
    expect((await other.call('GET', '/api/auth/me')).status).toBe(200);
  });

  it('that are no good are not counted against whom they name', async () => {
    const account = await app.seed.account();
    const admin = await AdminClient.signIn(app, account.owner);
    for (let call = 0; call < 5; call++) {
      await app.fetch('/api/auth/me', {
        headers: { Authorization: `Bearer ${admin.token.slice(0, -4)}aaaa` },
      });
    }
    expect((await admin.call('GET', '/api/auth/me')).status).toBe(200);
  });
});

describe('without limits that an operator set', () => {
  const app = testApp();

  it('a client at full speed is not limited', async () => {
    const token = await tokenOf(app, await app.seed.client());
    for (let round = 0; round < 30; round++) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          app.fetch('/api/client/feedbacks', { headers: { Authorization: `Bearer ${token}` } }),
        ),
      );
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(answers.some(({ headers }) => headers.has('ratelimit'))).toBe(false);
    }
  });

  it('failed token requests have to wait 30 seconds at the most, and only where they came from', async () => {
    const client = await app.seed.client();
    const ask = (client_secret: string) =>
      requestToken(app, { grant_type: 'client_credentials', client_id: client.clientId, client_secret });
    const answers: Response[] = [];
    for (let call = 0; call < 12; call++) answers.push(await ask('wrong'));
    expectLimited(answers.at(-1)!);
    expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expectLimited(await ask(client.clientSecret));
    expect((await signIn(app, (await app.seed.account()).owner)).status).toBe(200);
    await tokenOf(app, await app.seed.client());
  });
});
