import { AdminClient } from '#test/support/admin.js';
import { CLIENTS, OAuthClientsApi, type ShownSecret } from '#test/support/oauth-clients.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describe('/api/admin/oauth-clients/:id/secrets', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let clients: OAuthClientsApi;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    clients = new OAuthClientsApi(app, admin, (await app.seed.project(account)).id);
  });

  it('lets two secrets be active, and no third, also at the same moment', async () => {
    const made = await clients.create();
    const answers = await Promise.all(
      [1, 2, 3].map(() => admin.call('POST', `${CLIENTS}/${made.id}/secrets`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const second = (await answers.find(({ status }) => status === 201)!.json()) as ShownSecret;
    expect(await clients.opens(made, made.secret)).toBe(true);
    expect(await clients.opens(made, second.secret)).toBe(true);
    await expectProblem(await admin.call('POST', `${CLIENTS}/${made.id}/secrets`, {}), 409);
  });

  it('ends the secrets before a new one after the overlap', async () => {
    const made = await clients.create();
    const second = await clients.rotate(made.id, { overlapSeconds: 3600 });
    try {
      app.clock.advance(3_590_000);
      expect(await clients.opens(made, made.secret)).toBe(true);
      app.clock.advance(20_000);
      expect(await clients.opens(made, made.secret)).toBe(false);
      expect(await clients.opens(made, second.secret)).toBe(true);
      const third = await clients.rotate(made.id, { overlapSeconds: 0 });
      expect(await clients.opens(made, second.secret)).toBe(false);
      expect(await clients.opens(made, third.secret)).toBe(true);
    } finally {
      app.clock.reset();
    }
    for (const overlapSeconds of [-1, 7_776_001, 1.5, '60']) {
      await expectInvalid(
        await admin.call('POST', `${CLIENTS}/${made.id}/secrets`, { overlapSeconds }),
        '/overlapSeconds',
      );
    }
  });

  it('takes an overlap of null for one that was left out: the secrets before it stay', async () => {
    const made = await clients.create();
    await clients.rotate(made.id, { overlapSeconds: null });
    const { secrets } = await clients.get(made.id);
    expect(secrets.map(({ expiresAt }) => expiresAt)).toEqual([null, null]);
  });

  it('never lengthens the life of a secret by an overlap', async () => {
    const made = await clients.create();
    await clients.rotate(made.id, { overlapSeconds: 60 });
    const { secrets } = await clients.get(made.id);
    const [first, second] = secrets as [ShownSecret, ShownSecret];
    await admin.call('DELETE', `${CLIENTS}/${made.id}/secrets/${second.id}`);
    await clients.rotate(made.id, { overlapSeconds: 7200 });
    const after = await clients.get(made.id);
    expect(after.secrets[0]!.expiresAt).toBe(first.expiresAt);
  });

  it('revokes a secret with the tokens that it got, within two seconds, and leaves the other', async () => {
    const made = await clients.create();
    const second = await clients.rotate(made.id);
    const [first, other] = await Promise.all(
      [made.secret, second.secret].map((secret) => clients.token(made, secret)),
    );
    expect(await clients.reads(first!)).toBe(200);
    const path = `${CLIENTS}/${made.id}/secrets/${made.secrets[0]!.id}`;
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await clients.opens(made, made.secret)).toBe(false);
    await until(async () => (await clients.reads(first!)) === 401, 2_000);
    expect(await clients.reads(other!)).toBe(200);
    expect((await admin.call('DELETE', path)).status).toBe(204);
    const { secrets } = await clients.get(made.id);
    expect(secrets.map(({ revokedAt }) => revokedAt !== null)).toEqual([true, false]);
  });

  it('notes when a secret was used', async () => {
    const made = await clients.create();
    await clients.opens(made, 'wrong');
    expect((await clients.get(made.id)).secrets[0]!.lastUsedAt).toBeNull();
    await clients.opens(made, made.secret);
    const { secrets } = await clients.get(made.id);
    expect(Date.parse(secrets[0]!.lastUsedAt!)).toBeGreaterThan(Date.now() - 60_000);
  });
});
