import { decodeJwt, decodeProtectedHeader } from 'jose';
import { AdminClient, signIn } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { PASSWORD, type SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describe('POST /api/auth/sign-in', () => {
  const app = testApp({ TRUST_PROXY: 'true' });
  let account: SeededAccount;

  beforeAll(async () => {
    account = await app.seed.account();
  });

  function from(address: string, email: string, password: string): Promise<Response> {
    return app.fetch('/api/auth/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
      body: JSON.stringify({ email, password }),
    });
  }

  it('200 answers a bearer token for eight hours, of a kind of its own', async () => {
    const response = await signIn(app, account.owner);
    const body = (await response.json()) as { accessToken: string };
    expect([response.status, body]).toEqual([
      200,
      { accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 28_800 },
    ]);
    expect(decodeProtectedHeader(body.accessToken)).toMatchObject({ alg: 'RS256', typ: 'user+jwt' });
    const { iat, exp, ...claims } = decodeJwt(body.accessToken);
    expect(exp! - iat!).toBe(28_800);
    expect(claims).toMatchObject({ sub: account.owner.id, iss: app.url, aud: `${app.url}/api` });
    expect(JSON.stringify(claims)).not.toContain('@');
  });

  it('takes the address in any case, and a domain in punycode as the same', async () => {
    expect((await signIn(app, { ...account.owner, email: account.owner.email.toUpperCase() })).status).toBe(
      200,
    );
    const user = await app.seed.user(account, { email: 'Jörg@BÜCHER.example' });
    expect(user.email).toBe('Jörg@bücher.example');
    expect((await signIn(app, { email: 'jörg@xn--bcher-kva.example', password: PASSWORD })).status).toBe(200);
  });

  it('401 is the same answer for a wrong password, an unknown name and one that is switched off', async () => {
    const off = await app.seed.user(account);
    await app.query('update account_user set active = false where id = $1', [off.id]);
    const answers = await Promise.all([
      signIn(app, { ...account.owner, password: 'wrong' }),
      signIn(app, { email: 'nobody@example.com', password: PASSWORD }),
      signIn(app, off),
    ]);
    const problems = await Promise.all(answers.map((answer) => expectProblem(answer, 401)));
    expect(new Set(problems.map(({ detail, code, title }) => `${title} ${code} ${detail}`)).size).toBe(1);
    for (const { headers } of answers) expect(headers.get('www-authenticate')).toBe('Bearer realm="chorus"');
  });

  it.each([
    [{}, ['/email', '/password']],
    [{ email: 'owner', password: 'x' }, ['/email']],
    [{ email: ['a@example.com'], password: 'x' }, ['/email']],
    [{ email: 'a@example.com', password: '' }, ['/password']],
    [{ email: 'a@example.com', password: 1 }, ['/password']],
    [{ email: 'a@example.com', password: 'x'.repeat(201) }, ['/password']],
  ])('400 points at what is wrong with %j', async (body, pointers) => {
    const response = await app.fetch('/api/auth/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    await expectInvalid(response, ...pointers);
  });

  it('429 slows guessing down, for 30 seconds at the most, and only that name at that address', async () => {
    const { email } = account.owner;
    const answers: Response[] = [];
    for (let guess = 0; guess < 12; guess++) answers.push(await from('192.0.2.1', email, `guess ${guess}`));
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
    for (const answer of answers.slice(10)) {
      const wait = Number(answer.headers.get('retry-after'));
      expect(wait >= 1 && wait <= 30).toBe(true);
      expect(await expectProblem(answer, 429)).toMatchObject({ code: 'limited' });
    }
    // Nor does the right password help there, or a guess would be told by its answer.
    expect((await from('192.0.2.1', email.toUpperCase(), PASSWORD)).status).toBe(429);
    expect((await from('192.0.2.2', email, PASSWORD)).status).toBe(200);
    const other = await app.seed.user(account);
    expect((await from('192.0.2.1', other.email, PASSWORD)).status).toBe(200);
  });

  it('forgets the failures before a success', async () => {
    const { email } = await app.seed.user(account);
    for (let round = 0; round < 3; round++) {
      for (let guess = 0; guess < 9; guess++) expect((await from('192.0.2.3', email, 'x')).status).toBe(401);
      expect((await from('192.0.2.3', email, PASSWORD)).status).toBe(200);
    }
  });

  it('slows an address down that tries many names, known or not', async () => {
    const guess = (n: number) => from('192.0.2.4', `no-${n}@example.com`, 'x');
    let tried = 0;
    let refused = false;
    // A slow machine may not manage a hundred within the window, and begins another one.
    while (!refused && tried < 1_000) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => guess(tried++)));
      refused = answers.some(({ status }) => status === 429);
      expect(answers.every(({ status }) => status === 401 || refused)).toBe(true);
    }
    expect(tried).toBeGreaterThan(100);
    for (const n of [0, 1_000, 1_001]) expect((await guess(n)).status).toBe(429);
    expect((await from('192.0.2.5', 'no-1@example.com', 'x')).status).toBe(401);
  });
});

describe('a session', () => {
  const app = testApp();

  async function signedIn(): Promise<{ account: SeededAccount; admin: AdminClient }> {
    const account = await app.seed.account();
    return { account, admin: await AdminClient.signIn(app, account.owner) };
  }

  const status = async (client: AdminClient) => (await client.call('GET', '/api/auth/me')).status;
  const ended = (client: AdminClient) => until(async () => (await status(client)) === 401, 2_000);

  it('tells who it is', async () => {
    const { account, admin } = await signedIn();
    expect(await admin.json('GET', '/api/auth/me')).toEqual({
      id: account.owner.id,
      accountId: account.id,
      email: account.owner.email,
      name: null,
      role: 'owner',
      operator: false,
      active: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('ends after eight hours', async () => {
    const { admin } = await signedIn();
    try {
      app.clock.advance(8 * 3_600_000 - 60_000);
      expect(await status(admin)).toBe(200);
      app.clock.advance(120_000);
      expect(await status(admin)).toBe(401);
    } finally {
      app.clock.reset();
    }
  });

  it('ends within two seconds when the user is switched off, and may begin again when switched on', async () => {
    const { account, admin } = await signedIn();
    const user = await app.seed.user(account);
    const session = await AdminClient.signIn(app, user);
    expect(await status(session)).toBe(200);
    await admin.json('PATCH', `/api/admin/users/${user.id}`, { active: false });
    await ended(session);
    expect((await signIn(app, user)).status).toBe(401);
    await admin.json('PATCH', `/api/admin/users/${user.id}`, { active: true });
    expect((await signIn(app, user)).status).toBe(200);
  });

  it('ends within two seconds when the account is switched off', async () => {
    const operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    const { account, admin } = await signedIn();
    await operator.json('PATCH', `/api/admin/accounts/${account.id}`, { active: false });
    await ended(admin);
    expect((await signIn(app, account.owner)).status).toBe(401);
  });

  it('ends with a new password, every one of them, and the old password with it', async () => {
    const { account, admin } = await signedIn();
    const user = await app.seed.user(account);
    const sessions = [await AdminClient.signIn(app, user), await AdminClient.signIn(app, user)];
    await admin.json('PATCH', `/api/admin/users/${user.id}`, { password: 'another password of mine' });
    for (const session of sessions) await ended(session);
    expect((await signIn(app, user)).status).toBe(401);
    const fresh = await AdminClient.signIn(app, { ...user, password: 'another password of mine' });
    expect(await status(fresh)).toBe(200);
  });

  it('takes up a change of role within two seconds', async () => {
    const { account, admin } = await signedIn();
    const user = await app.seed.user(account);
    const session = await AdminClient.signIn(app, user);
    expect((await session.call('GET', '/api/admin/users')).status).toBe(403);
    await admin.json('PATCH', `/api/admin/users/${user.id}`, { role: 'owner' });
    await until(async () => (await session.call('GET', '/api/admin/users')).status === 200, 2_000);
  });
});
