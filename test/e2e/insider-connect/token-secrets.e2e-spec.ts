import { OAuthClientsService } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { AdminClient } from '#test/support/admin.js';
import { createFeedback, requestToken, tokenOf } from '#test/support/insider-connect.js';
import { BAD_CREDENTIALS, inBody } from '#test/support/oauth.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describe('the secrets of an OAuth client', () => {
  const app = testApp();
  let client: SeededClient;
  const service = () => app.server.app.get(OAuthClientsService);

  beforeEach(async () => {
    app.clock.reset();
    client = await app.seed.client();
  });

  const rotated = async (overlapSeconds?: number): Promise<SeededClient> => {
    const { value, secret } = await service().rotateSecret(
      client.account.system,
      client.clientId,
      overlapSeconds,
    );
    return { ...client, clientSecret: value, secretId: secret.id };
  };
  const switchOff = async (accountId: string) => {
    const operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    await operator.json('PATCH', `/api/admin/accounts/${accountId}`, { active: false });
  };
  const works = async (one: SeededClient) => (await requestToken(app, inBody(one))).status === 200;
  const status = async (token: string) => (await createFeedback(app, token)).status;

  it('are 256 random bits, and the store holds their SHA-256 alone', async () => {
    expect(client.clientSecret).toMatch(/^chsec_[\w-]{43}$/);
    const rows = await app.query<{ text: string }>(
      'select row_to_json(s)::text as text from oauth_client_secret s where client_id = $1',
      [client.clientId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.text).not.toContain(client.clientSecret.slice(6, 20));
    const [{ length } = { length: 0 }] = await app.query<{ length: number }>(
      'select length(digest) from oauth_client_secret where client_id = $1',
      [client.clientId],
    );
    expect(length).toBe(32);
  });

  it('may be two at a time, and no more', async () => {
    const second = await rotated();
    expect(await works(client)).toBe(true);
    expect(await works(second)).toBe(true);
    await expect(rotated()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('end when their overlap does, which the next one outlives', async () => {
    const second = await rotated(60);
    expect(await works(client)).toBe(true);
    app.clock.advance(61_000);
    const response = await requestToken(app, inBody(client));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(BAD_CREDENTIALS);
    expect(await works(second)).toBe(true);
  });

  it('revoked get no token, and within two seconds end those that they got, but not those of the other', async () => {
    const second = await rotated();
    const [first, other] = [await tokenOf(app, client), await tokenOf(app, second)];
    expect([await status(first), await status(other)]).toEqual([201, 201]);
    await service().revokeSecret(client.account.system, client.clientId, client.secretId);
    const response = await requestToken(app, inBody(client));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(BAD_CREDENTIALS);
    await until(async () => (await status(first)) === 401);
    expect(await status(other)).toBe(201);
    expect(await works(second)).toBe(true);
  });

  it('revoked at one process end their tokens at another within two seconds', async () => {
    const twin = await app.replica();
    const token = await tokenOf(app, client);
    const headers = { Authorization: `Bearer ${token}` };
    const there = async () => (await twin.fetch('/api/client/feedbacks', { headers })).status;
    expect(await there()).toBe(200);
    await service().revokeSecret(client.account.system, client.clientId, client.secretId);
    await until(async () => (await there()) === 401);
  });

  it.each([
    ['a client', () => service().update(client.account.system, client.clientId, { active: false })],
    ['an account', () => switchOff(client.account.id)],
  ])('of %s that is switched off get no token, and its tokens end within two seconds', async (_what, end) => {
    const token = await tokenOf(app, client);
    expect(await status(token)).toBe(201);
    await end();
    const response = await requestToken(app, inBody(client));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(BAD_CREDENTIALS);
    await until(async () => (await status(token)) === 401);
  });

  it('get tokens that lose a permission with their client, within two seconds', async () => {
    const token = await tokenOf(app, client);
    expect(await status(token)).toBe(201);
    await service().update(client.account.system, client.clientId, { permissions: ['feedback:read'] });
    await until(async () => (await status(token)) === 403);
  });

  describe('keep when they were last used', () => {
    const lastUsed = async (one: SeededClient) => {
      const { secrets } = await service().get(one.account.system, one.clientId);
      return secrets.find(({ id }) => id === one.secretId)!.lastUsedAt;
    };

    it('which is never before the first token', async () => {
      expect(await lastUsed(client)).toBeNull();
      await requestToken(app, { ...inBody(client), client_secret: 'wrong' });
      expect(await lastUsed(client)).toBeNull();
    });

    it('to the minute, each for itself', async () => {
      const second = await rotated();
      await tokenOf(app, client);
      const first = await lastUsed(client);
      expect(Math.abs(first!.getTime() - app.clock.now().getTime())).toBeLessThan(10_000);
      expect(await lastUsed(second)).toBeNull();
      app.clock.advance(120_000);
      await tokenOf(app, client);
      expect((await lastUsed(client))!.getTime() - first!.getTime()).toBeGreaterThanOrEqual(120_000);
    });
  });

  it('leave an event for each issue and revocation, without the secret', async () => {
    const second = await rotated();
    await service().revokeSecret(client.account.system, client.clientId, client.secretId);
    const events = await app.query<{ type: string; text: string; data: { secretId: string } }>(
      `select type, data, row_to_json(e)::text as text from event e where subject_id = $1 order by created_at, id`,
      [client.clientId],
    );
    expect(events.map(({ type, data }) => [type, data.secretId])).toEqual([
      ['oauth-client.created', client.secretId],
      ['oauth-client.secret-created', second.secretId],
      ['oauth-client.secret-revoked', client.secretId],
    ]);
    for (const { text } of events) {
      expect(text).not.toContain(client.clientSecret);
      expect(text).not.toContain(second.clientSecret);
    }
  });
});
