import { AdminClient, signIn } from '#test/support/admin.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const NEXT = 'a better horse battery staple';

describe('PUT /api/auth/password', () => {
  const app = testApp();

  it('changes the own password of a member, who may manage nobody, and ends every session', async () => {
    const account = await app.seed.account();
    const user = await app.seed.user(account);
    const client = await AdminClient.signIn(app, user);
    const answer = await client.call('PUT', '/api/auth/password', {
      currentPassword: user.password,
      newPassword: NEXT,
    });
    expect(answer.status).toBe(204);
    await until(async () => (await client.call('GET', '/api/auth/me')).status === 401);
    expect((await signIn(app, user)).status).toBe(401);
    expect((await signIn(app, { ...user, password: NEXT })).status).toBe(200);
  });

  it('403 when the current password is wrong, and 429 when that goes on', async () => {
    const account = await app.seed.account();
    const user = await app.seed.user(account);
    const client = await AdminClient.signIn(app, user);
    const body = { currentPassword: 'not the one', newPassword: NEXT };
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries++) {
      statuses.push((await client.call('PUT', '/api/auth/password', body)).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(403));
    expect(statuses[10]).toBe(429);
    expect((await signIn(app, user)).status).toBe(200);
  });

  it('400 for a new password that is too short', async () => {
    const account = await app.seed.account();
    const client = await AdminClient.signIn(app, account.owner);
    const answer = await client.call('PUT', '/api/auth/password', {
      currentPassword: account.owner.password,
      newPassword: 'short',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/newPassword' }] });
  });

  it('an operator cannot switch off their own account', async () => {
    const account = await app.seed.account({ operator: true });
    await app.seed.user(account, { role: 'owner' });
    const client = await AdminClient.signIn(app, account.owner);
    const answer = await client.call('PATCH', `/api/admin/users/${account.owner.id}`, { active: false });
    expect(answer.status).toBe(409);
  });
});
