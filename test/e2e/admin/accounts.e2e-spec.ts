import { AdminClient, signIn } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { PASSWORD, type SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface Account {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('/api/admin/accounts', () => {
  const app = testApp();
  let account: SeededAccount;
  let operator: AdminClient;
  let owner: AdminClient;
  let member: AdminClient;

  beforeAll(async () => {
    operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    account = await app.seed.account();
    owner = await AdminClient.signIn(app, account.owner);
    member = await AdminClient.signIn(app, await app.seed.user(account));
  });

  it('lets an operator make an account with its first owner, who can sign in at once', async () => {
    const first = { email: 'first@example.com', password: PASSWORD, name: 'Grace' };
    const made = await operator.json<Account>('POST', '/api/admin/accounts', { name: 'Made', owner: first });
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Made',
      active: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const me = await (await AdminClient.signIn(app, first)).json('GET', '/api/auth/me');
    expect(me).toMatchObject({ accountId: made.id, role: 'owner', operator: false, name: 'Grace' });
  });

  it('makes nothing when the owner cannot be made', async () => {
    const count = () => app.query('select id from account');
    const before = await count();
    const body = { name: 'Half', owner: { email: account.owner.email, password: PASSWORD } };
    await expectProblem(await operator.call('POST', '/api/admin/accounts', body), 409);
    expect(await count()).toEqual(before);
  });

  it('never lets a body make an operator', async () => {
    const owner_ = {
      email: 'sly@example.com',
      password: PASSWORD,
      operator: true,
      role: 'member',
      id: UNKNOWN,
    };
    await operator.json('POST', '/api/admin/accounts', { name: 'Sly', owner: owner_, active: false });
    const me = await (await AdminClient.signIn(app, owner_)).json('GET', '/api/auth/me');
    expect(me).toMatchObject({ operator: false, role: 'owner' });
  });

  it.each([
    [{}, ['/name', '/owner']],
    [{ name: '', owner: {} }, ['/name', '/owner/email', '/owner/password']],
    [{ name: 'x', owner: 'y' }, ['/owner']],
    [{ name: 'x', owner: [] }, ['/owner']],
    [{ name: 'x', owner: [{ email: 'a@example.com', password: PASSWORD }] }, ['/owner']],
    [
      { name: 'x'.repeat(101), owner: { email: 'a@example.com', password: 'short' } },
      ['/name', '/owner/password'],
    ],
  ])('400 points at what is wrong with %j', async (body, pointers) => {
    await expectInvalid(await operator.call('POST', '/api/admin/accounts', body), ...pointers);
  });

  it('lists every account to an operator, page by page', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor && `&cursor=${cursor}`;
      const page: { items: Account[]; nextCursor: string | null } = await operator.json(
        'GET',
        `/api/admin/accounts?limit=2${query}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const rows = await app.query<{ id: string }>('select id from account order by id');
    expect(ids).toEqual(rows.map(({ id }) => id));
  });

  it('refuses to make or list accounts for anybody else', async () => {
    for (const user of [owner, member]) {
      const body = { name: 'No', owner: { email: 'no@example.com', password: PASSWORD } };
      await expectProblem(await user.call('POST', '/api/admin/accounts', body), 403);
      await expectProblem(await user.call('GET', '/api/admin/accounts'), 403);
    }
  });

  it('shows an account to its own users and to operators', async () => {
    for (const user of [owner, member, operator]) {
      const shown = await user.json<Account>('GET', `/api/admin/accounts/${account.id}`);
      expect(shown.id).toBe(account.id);
    }
  });

  it('lets an owner rename it, a member not', async () => {
    const path = `/api/admin/accounts/${account.id}`;
    const renamed = await owner.json<Account>('PATCH', path, { name: 'Renamed 😀' });
    expect(renamed.name).toBe('Renamed 😀');
    expect(await member.json('GET', path)).toEqual(renamed);
    await expectProblem(await member.call('PATCH', path, { name: 'No' }), 403);
    await expectInvalid(await owner.call('PATCH', path, { name: '' }), '/name');
  });

  it('lets nobody but an operator switch one off or on', async () => {
    const path = `/api/admin/accounts/${account.id}`;
    for (const active of [false, true]) await expectProblem(await owner.call('PATCH', path, { active }), 403);
    const other = await app.seed.account();
    await operator.json('PATCH', `/api/admin/accounts/${other.id}`, { active: false });
    expect((await signIn(app, other.owner)).status).toBe(401);
    await operator.json('PATCH', `/api/admin/accounts/${other.id}`, { active: true });
    expect((await signIn(app, other.owner)).status).toBe(200);
  });

  it('answers an account of others exactly like a missing one', async () => {
    const other = await app.seed.account();
    for (const [method, body] of [
      ['GET'],
      ['PATCH', { name: 'Mine' }],
      ['PATCH', { active: false }],
    ] as const) {
      const strange = await expectProblem(
        await owner.call(method, `/api/admin/accounts/${other.id}`, body),
        404,
      );
      const missing = await expectProblem(
        await owner.call(method, `/api/admin/accounts/${UNKNOWN}`, body),
        404,
      );
      expect({ ...strange, requestId: '' }).toEqual({ ...missing, requestId: '' });
    }
    await expectProblem(await operator.call('GET', `/api/admin/accounts/${UNKNOWN}`), 404);
  });

  it.each(['x', '1', UNKNOWN.slice(1), `${UNKNOWN}0`])('400 for the id %s, which is none', async (id) => {
    await expectProblem(await owner.call('GET', `/api/admin/accounts/${id}`), 400);
  });
});
