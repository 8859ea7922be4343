import { ApiKeyAuthentication } from '#libs/auth/api-keys/api-key-authentication.js';
import { AdminClient } from '#test/support/admin.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

interface Key {
  id: string;
  key: string;
  hint: string;
  level: string;
  projectId: number | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
}

const PATH = '/api/admin/api-keys';

describe('API keys', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let projectId: number;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    projectId = (await app.seed.project(account)).id;
  });

  const whose = (dialect: string, key: string, from = app) =>
    from.server.app.get(ApiKeyAuthentication).byKey(dialect, key);

  it.each([
    ['user-feedback', /^[0-9A-F]{20}$/, 'full'],
    ['feelback', /^chfb_[\w-]{43}$/, 'viewer'],
    ['source-import', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'full'],
  ])(
    'of %s look as its clients expect, are shown once and kept as a digest',
    async (dialect, look, level) => {
      const body = { dialect, name: 'App', ...(dialect === 'user-feedback' && { projectId }) };
      const created = await admin.json<Key>('POST', PATH, body);
      expect(created).toMatchObject({ key: expect.stringMatching(look), hint: created.key.slice(-4), level });
      const got = await admin.json<Key>('GET', `${PATH}/${created.id}`);
      expect(got).not.toHaveProperty('key');
      const stored = JSON.stringify(await app.query('select k::text from api_key k'));
      expect(stored).not.toContain(created.key);
      expect(await whose(dialect, created.key)).toMatchObject({
        kind: 'key',
        id: created.id,
        accountId: account.id,
      });
    },
  );

  it('open no other public API', async () => {
    const { key } = await admin.json<Key>('POST', PATH, { dialect: 'feelback', name: 'One' });
    expect(await whose('source-import', key)).toBeUndefined();
    expect(await whose('feelback', key.toUpperCase())).toBeUndefined();
    expect(await whose('feelback', 'x'.repeat(10_000))).toBeUndefined();
  });

  it('may be many for one project', async () => {
    const body = { dialect: 'user-feedback', name: 'Twin', projectId };
    const keys = await Promise.all([
      admin.json<Key>('POST', PATH, body),
      admin.json<Key>('POST', PATH, body),
    ]);
    for (const { key } of keys) expect(await whose('user-feedback', key)).toMatchObject({ projectId });
  });

  it('end within two seconds on every process when they are revoked', async () => {
    const replica = await app.replica();
    const { id, key } = await admin.json<Key>('POST', PATH, { dialect: 'feelback', name: 'Leaked' });
    expect(await whose('feelback', key, replica)).toBeDefined();
    expect((await admin.call('DELETE', `${PATH}/${id}`)).status).toBe(204);
    const revoked = Date.now();
    await until(async () => (await whose('feelback', key, replica)) === undefined);
    expect(await whose('feelback', key)).toBeUndefined();
    expect(Date.now() - revoked).toBeLessThan(2_000);
    expect((await admin.json<Key>('GET', `${PATH}/${id}`)).revokedAt).not.toBeNull();
    expect((await admin.call('DELETE', `${PATH}/${id}`)).status).toBe(204);
  });

  it('end when they expire, and go on when that is moved', async () => {
    const expiresAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
    const { id, key } = await admin.json<Key>('POST', PATH, {
      dialect: 'feelback',
      name: 'Short',
      expiresAt,
    });
    expect(await whose('feelback', key)).toBeDefined();
    app.clock.advance(61_000);
    expect(await whose('feelback', key)).toBeUndefined();
    const passed = await admin.call('PATCH', `${PATH}/${id}`, { expiresAt, name: 'Passed' });
    expect([passed.status, await passed.json()]).toMatchObject([
      400,
      { errors: [{ pointer: '/expiresAt', message: 'expiresAt must be in the future' }] },
    ]);
    await admin.json('PATCH', `${PATH}/${id}`, { expiresAt: null, name: 'Long' });
    await until(async () => (await whose('feelback', key)) !== undefined);
  });

  it('tell when they were last used', async () => {
    const { id, key } = await admin.json<Key>('POST', PATH, { dialect: 'feelback', name: 'Used' });
    await whose('feelback', key);
    await until(async () => (await admin.json<Key>('GET', `${PATH}/${id}`)).lastUsedAt !== null);
  });

  it('are listed by page and by public API', async () => {
    const first = await admin.json<{ items: Key[]; nextCursor: string }>('GET', `${PATH}?limit=1`);
    expect(first.items).toHaveLength(1);
    const next = await admin.json<{ items: Key[] }>('GET', `${PATH}?limit=1&cursor=${first.nextCursor}`);
    expect(next.items[0]!.id).not.toBe(first.items[0]!.id);
    const { items } = await admin.json<{ items: { dialect: string }[] }>(
      'GET',
      `${PATH}?dialect=source-import`,
    );
    expect(items.map(({ dialect }) => dialect)).toEqual(['source-import']);
  });

  it.each([
    [{ dialect: 'user-feedback', name: 'x' }, 'projectId'],
    [{ dialect: 'feelback', name: 'x', projectId: 1 }, 'projectId'],
    [{ dialect: 'feelback', name: 'x', level: 'full' }, 'level'],
    [{ dialect: 'feelback', name: 'x', sourceIds: ['0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10'] }, 'sourceIds'],
    [{ dialect: 'insider-connect', name: 'x' }, 'dialect'],
    [{ dialect: 'feelback', name: '' }, 'name'],
    [{ dialect: 'feelback', name: 'x', expiresAt: 'soon' }, 'expiresAt'],
    [{ dialect: 'feelback', name: 'x', expiresAt: '2027-11-22T10' }, 'expiresAt'],
    [{ dialect: 'feelback', name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('are refused for %j, naming %s', async (body, field) => {
    const response = await admin.call('POST', PATH, body);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(`/${field}`);
  });

  it('of some sources know them by their ids, in whatever case they are written', async () => {
    const source = await admin.json<{ id: string }>('POST', '/api/admin/sources', {
      title: 'Desk',
      projectId,
    });
    const body = { dialect: 'source-import', name: 'x', sourceIds: [source.id.toUpperCase()] };
    const { key } = await admin.json<Key>('POST', PATH, body);
    expect(await whose('source-import', key)).toMatchObject({ sourceIds: [source.id] });
    const foreign = await AdminClient.signIn(app, (await app.seed.account()).owner);
    expect((await foreign.call('POST', PATH, body)).status).toBe(404);
    const unknown = { ...body, sourceIds: [source.id, '0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10'] };
    expect((await admin.call('POST', PATH, unknown)).status).toBe(404);
  });

  it('of another account, or for a project of another account, are not there', async () => {
    const other = await app.seed.account();
    const foreign = await AdminClient.signIn(app, other.owner);
    const { id } = await admin.json<Key>('POST', PATH, { dialect: 'feelback', name: 'Mine' });
    for (const method of ['GET', 'DELETE'])
      expect((await foreign.call(method, `${PATH}/${id}`)).status).toBe(404);
    const body = { dialect: 'user-feedback', name: 'x', projectId };
    expect((await foreign.call('POST', PATH, body)).status).toBe(404);
  });
});
