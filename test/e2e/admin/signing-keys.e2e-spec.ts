import { decodeProtectedHeader } from 'jose';
import { AdminClient } from '#test/support/admin.js';
import { tokenOf } from '#test/support/insider-connect.js';
import { expectProblem } from '#test/support/problems.js';
import { testApp } from '#test/support/test-app.js';

describe('POST /api/admin/signing-keys/rotate', () => {
  const app = testApp();

  const jwks = async () =>
    ((await (await app.fetch('/.well-known/jwks.json')).json()) as { keys: Record<string, string>[] }).keys;
  const kid = (token: string) => decodeProtectedHeader(token).kid;
  const me = async (token: string) =>
    (await app.fetch('/api/auth/me', { headers: { Authorization: `Bearer ${token}` } })).status;

  it('signs with a new key from then on, while tokens of the old one stay good', async () => {
    const account = await app.seed.account({ operator: true });
    const client = await app.seed.client({ account });
    const operator = await AdminClient.signIn(app, account.owner);
    const before = await tokenOf(app, client);
    const { id } = await operator.json<{ id: string }>('POST', '/api/admin/signing-keys/rotate');
    const after = await AdminClient.signIn(app, account.owner);
    expect([kid(operator.token), kid(after.token), kid(await tokenOf(app, client))]).toEqual([
      kid(before),
      id,
      id,
    ]);
    expect(id).not.toBe(kid(before));
    expect([await me(operator.token), await me(after.token)]).toEqual([200, 200]);
    const headers = { Authorization: `Bearer ${before}` };
    expect((await app.fetch('/api/client/feedbacks', { headers })).status).toBe(200);
  });

  it('publishes both keys, newest first, and of each the public half alone', async () => {
    const operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    const old = kid(operator.token);
    const { id } = await operator.json<{ id: string }>('POST', '/api/admin/signing-keys/rotate');
    const keys = await jwks();
    expect(keys.map((key) => key['kid']).slice(0, 2)).toEqual([id, old]);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ alg: 'RS256', kty: 'RSA', use: 'sig' });
    }
  });

  it('keeps one key that signs when two rotate at the same moment', async () => {
    const operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    const ids = await Promise.all(
      [1, 2, 3].map(
        async () => (await operator.json<{ id: string }>('POST', '/api/admin/signing-keys/rotate')).id,
      ),
    );
    const signing = await app.query<{ id: string }>('select id from signing_key where retired_at is null');
    expect(signing).toHaveLength(1);
    expect(ids).toContain(signing[0]!.id);
    const fresh = await AdminClient.signIn(app, (await app.seed.account()).owner);
    expect([kid(fresh.token), await me(fresh.token), await me(operator.token)]).toEqual([
      signing[0]!.id,
      200,
      200,
    ]);
  });

  it('keeps the private half sealed', async () => {
    await AdminClient.signIn(app, (await app.seed.account()).owner);
    const rows = await app.query<{ public_jwk: object; private_jwk_sealed: Buffer }>(
      'select * from signing_key',
    );
    for (const row of rows) {
      expect(Object.keys(row.public_jwk)).not.toContain('d');
      expect(row.private_jwk_sealed.toString('latin1')).not.toContain('"kty"');
    }
  });

  it('forgets a retired key once no token of it can be alive', async () => {
    const operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    const old = kid(operator.token);
    await operator.json('POST', '/api/admin/signing-keys/rotate');
    try {
      app.clock.advance(25 * 3_600_000);
      const later = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
      await later.json('POST', '/api/admin/signing-keys/rotate');
      expect((await jwks()).map((key) => key['kid'])).not.toContain(old);
    } finally {
      app.clock.reset();
    }
  });

  it('is for operators alone', async () => {
    const account = await app.seed.account();
    for (const user of [account.owner, await app.seed.user(account)]) {
      const session = await AdminClient.signIn(app, user);
      await expectProblem(await session.call('POST', '/api/admin/signing-keys/rotate'), 403);
    }
  });
});
