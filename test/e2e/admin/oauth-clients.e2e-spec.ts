import { AdminClient } from '#test/support/admin.js';
import { CLIENTS, OAuthClientsApi, type ShownClient } from '#test/support/oauth-clients.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describe('/api/admin/oauth-clients', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let clients: OAuthClientsApi;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    clients = new OAuthClientsApi(app, admin, (await app.seed.project(account)).id);
  });

  it('201 makes a client with a channel of its own, whose fields mirror the dialect, and a first secret', async () => {
    const made = await clients.create({ name: 'Mobile backend' });
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Mobile backend',
      projectId: clients.projectId,
      channelId: expect.any(Number),
      permissions: ['feedback:read', 'feedback:write'],
      active: true,
      secrets: [
        {
          id: expect.any(String),
          hint: made.secret!.slice(-4),
          createdAt: expect.any(String),
          expiresAt: null,
          revokedAt: null,
          lastUsedAt: null,
        },
      ],
      secret: expect.stringMatching(/^chsec_[\w-]{43}$/),
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const channel = `/api/admin/projects/${clients.projectId}/channels/${made.channelId}`;
    expect(await admin.json('GET', channel)).toMatchObject({
      name: 'Mobile backend',
      dialect: 'insider-connect',
    });
    expect((await admin.json<{ items: unknown[] }>('GET', `${channel}/fields`)).items).toHaveLength(4);
    expect(await clients.opens(made, made.secret)).toBe(true);
  });

  it('shows a secret once and never again, and keeps nothing that it could be made from', async () => {
    const made = await clients.create();
    const second = await clients.rotate(made.id);
    const answers = [
      await admin.json('GET', `${CLIENTS}/${made.id}`),
      await admin.json('GET', `${CLIENTS}?limit=200`),
      await admin.json('PATCH', `${CLIENTS}/${made.id}`, { name: 'Renamed' }),
      await app.query('select id, client_id, digest::text, hint from oauth_client_secret'),
      await app.query('select * from event'),
    ];
    const text = JSON.stringify(answers);
    for (const { secret } of [made, second]) {
      expect(text).not.toContain(secret!.slice('chsec_'.length));
      expect(text).not.toContain(Buffer.from(secret!).toString('hex'));
    }
    expect(text).not.toContain('chsec_');
  });

  it.each([
    [{}, ['/projectId']],
    [{ name: '', projectId: 0 }, ['/name', '/projectId']],
    [{ projectId: '1' }, ['/projectId']],
    [{ projectId: 1.5, permissions: [] }, ['/projectId', '/permissions']],
    [{ projectId: 1, permissions: ['platform:manage'] }, ['/permissions']],
    [{ projectId: 1, permissions: 'feedback:read' }, ['/permissions']],
    [{ projectId: 1, permissions: ['feedback:read', 'feedback:read'] }, ['/permissions']],
    [{ projectId: 1e300 }, ['/projectId']],
  ])('400 points at what is wrong with %j', async (body, pointers) => {
    await expectInvalid(await admin.call('POST', CLIENTS, { name: 'x', ...body }), ...pointers);
  });

  it('makes nothing at all when its channel cannot be made', async () => {
    const made = await clients.create({ name: 'Taken' });
    const before = await app.query('select id from oauth_client');
    await expectProblem(await admin.call('POST', CLIENTS, { name: 'Taken', projectId: made.projectId }), 409);
    await expectProblem(await admin.call('POST', CLIENTS, { name: 'Nowhere', projectId: 999_999 }), 404);
    expect(await app.query('select id from oauth_client')).toEqual(before);
    expect(await app.query(`select 1 from channel where name = 'Nowhere'`)).toEqual([]);
  });

  it('bars a client that is switched off, and its tokens within two seconds, until it is switched on', async () => {
    const made = await clients.create();
    const token = await clients.token(made, made.secret);
    expect(await clients.reads(token)).toBe(200);
    const off = await admin.json<ShownClient>('PATCH', `${CLIENTS}/${made.id}`, { active: false });
    expect(off.active).toBe(false);
    expect(await clients.opens(made, made.secret)).toBe(false);
    await until(async () => (await clients.reads(token)) === 401, 2_000);
    await admin.json('PATCH', `${CLIENTS}/${made.id}`, { active: true });
    expect(await clients.opens(made, made.secret)).toBe(true);
  });

  it('takes a permission away from tokens that carry it, within two seconds', async () => {
    const made = await clients.create();
    const token = await clients.token(made, made.secret);
    expect(await clients.reads(token)).toBe(200);
    await admin.json('PATCH', `${CLIENTS}/${made.id}`, { permissions: ['feedback:write'] });
    await until(async () => (await clients.reads(token)) === 403, 2_000);
  });

  it('lists the clients of the own account with their secrets, page by page', async () => {
    const fresh = await app.seed.account();
    const lister = await AdminClient.signIn(app, fresh.owner);
    const made = [];
    for (let n = 0; n < 3; n++) made.push(await app.seed.client({ account: fresh }));
    const first = await lister.json<{ items: ShownClient[]; nextCursor: string }>(
      'GET',
      `${CLIENTS}?limit=2`,
    );
    const last = await lister.json<{ items: ShownClient[]; nextCursor: null }>(
      'GET',
      `${CLIENTS}?limit=2&cursor=${first.nextCursor}`,
    );
    const items = [...first.items, ...last.items];
    expect(items.map(({ id }) => id)).toEqual(made.map(({ clientId }) => clientId));
    expect(items.map(({ secrets }) => secrets.map(({ id }) => id))).toEqual(
      made.map(({ secretId }) => [secretId]),
    );
    expect(last.nextCursor).toBeNull();
  });

  it('is for owners alone', async () => {
    const made = await clients.create();
    const member = await AdminClient.signIn(app, await app.seed.user(account));
    for (const [method, path] of [
      ['GET', CLIENTS],
      ['GET', `${CLIENTS}/${made.id}`],
      ['POST', CLIENTS],
      ['PATCH', `${CLIENTS}/${made.id}`],
      ['POST', `${CLIENTS}/${made.id}/secrets`],
      ['DELETE', `${CLIENTS}/${made.id}/secrets/${made.secrets[0]!.id}`],
    ] as const) {
      await expectProblem(await member.call(method, path), 403);
    }
  });
});
