import { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { PASSWORD, type SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface User {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly name: string | null;
}

describe('/api/admin/users', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let count = 0;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
  });

  function body(changes: Record<string, unknown> = {}): Record<string, unknown> {
    return { email: `new-${++count}@example.com`, password: PASSWORD, role: 'member', ...changes };
  }

  it('201 makes a user of the own account, and shows no password', async () => {
    const made = await admin.call(
      'POST',
      '/api/admin/users',
      body({ email: 'Ada@Example.COM', name: 'Ada' }),
    );
    expect([made.status, await made.json()]).toEqual([
      201,
      {
        id: expect.any(String),
        accountId: account.id,
        email: 'Ada@example.com',
        name: 'Ada',
        role: 'member',
        operator: false,
        active: true,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ]);
  });

  it('takes neither account nor rights from the body', async () => {
    const other = await app.seed.account();
    const made = await admin.json('POST', '/api/admin/users', body({ accountId: other.id, operator: true }));
    expect(made).toMatchObject({ accountId: account.id, operator: false });
  });

  it.each([
    [{}, ['/role', '/email', '/password']],
    [{ email: 'x', password: 'elevenchars', role: 'admin' }, ['/role', '/email', '/password']],
    [{ email: 'A <a@example.com>', password: PASSWORD, role: 'member' }, ['/email']],
    [{ email: `${'a'.repeat(250)}@example.com`, password: PASSWORD, role: 'member' }, ['/email']],
    [{ email: 'a@example.com', password: 'x'.repeat(201), role: 'member' }, ['/password']],
    [{ email: 'a@example.com', password: PASSWORD, role: 'member', name: 'x'.repeat(101) }, ['/name']],
    [{ email: 'a@example.com', password: PASSWORD, role: 'member', name: 7 }, ['/name']],
  ])('400 points at what is wrong with %j', async (wrong, pointers) => {
    await expectInvalid(await admin.call('POST', '/api/admin/users', wrong), ...pointers);
  });

  it.each([
    ['marks that have no width', 'ab\uFE0F'.repeat(50)],
    ['letters beyond the first plane', '😀'.repeat(100)],
  ])('never fails on a name of %s: it is taken or refused', async (_, name) => {
    const { status } = await admin.call('POST', '/api/admin/users', body({ name }));
    expect([201, 400]).toContain(status);
  });

  it('never fails on a domain that grows when it is lower-cased', async () => {
    const domain = Array.from({ length: 4 }, () => 'İ'.repeat(28)).join('.');
    const { status } = await admin.call(
      'POST',
      '/api/admin/users',
      body({ email: `${'a'.repeat(60)}@${domain}.com` }),
    );
    expect([201, 400]).toContain(status);
  });

  it('409 for an address in use, in whatever account and spelling', async () => {
    const other = await app.seed.account();
    for (const email of [account.owner.email, other.owner.email, other.owner.email.toUpperCase()]) {
      const problem = await expectProblem(await admin.call('POST', '/api/admin/users', body({ email })), 409);
      expect(problem.detail).not.toContain('@');
    }
  });

  it('makes one user when two ask for the same address at the same moment', async () => {
    const same = body();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => admin.call('POST', '/api/admin/users', same)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('lists the users of the own account alone, page by page', async () => {
    const fresh = await app.seed.account();
    for (let n = 0; n < 4; n++) await app.seed.user(fresh);
    const lister = await AdminClient.signIn(app, fresh.owner);
    const seen: string[] = [];
    let path = '/api/admin/users?limit=2';
    for (;;) {
      const page = await lister.json<{ items: User[]; nextCursor: string | null }>('GET', path);
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      expect(page.items).toHaveLength(2);
      path = `/api/admin/users?limit=2&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    const rows = await app.query<{ id: string }>(
      'select id from account_user where account_id = $1 order by id',
      [fresh.id],
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=x', '/limit'],
    ['limit=', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['cursor=garbage', '/cursor'],
    ['cursor=WyIxIl0', '/cursor'],
    [`cursor=${'a'.repeat(201)}`, '/cursor'],
  ])('400 points at what is wrong with ?%.20s', async (query, pointer) => {
    await expectInvalid(await admin.call('GET', `/api/admin/users?${query}`), pointer);
  });

  it('changes what is sent and leaves the rest', async () => {
    const made = await admin.json<User>('POST', '/api/admin/users', body({ name: 'Before' }));
    const path = `/api/admin/users/${made.id}`;
    const renamed = await admin.json<User>('PATCH', path, { name: 'After', email: 'other@example.com' });
    expect(renamed).toEqual({ ...made, name: 'After', updatedAt: expect.any(String) });
    expect((await admin.json<User>('PATCH', path, { name: null })).name).toBeNull();
    expect((await admin.json<User>('PATCH', path, {})).role).toBe('member');
    expect(await admin.json<User>('GET', path)).toMatchObject({ id: made.id, name: null });
    await expectInvalid(
      await admin.call('PATCH', path, { role: 'king', active: 'yes', password: 'x' }),
      '/role',
      '/active',
      '/password',
    );
  });

  it('keeps the last active owner, also when two owners leave at the same moment', async () => {
    const fresh = await app.seed.account();
    const first = await AdminClient.signIn(app, fresh.owner);
    for (const change of [{ role: 'member' }, { active: false }]) {
      await expectProblem(await first.call('PATCH', `/api/admin/users/${fresh.owner.id}`, change), 409);
    }
    const second = await app.seed.user(fresh, { role: 'owner' });
    const other = await AdminClient.signIn(app, second);
    const answers = await Promise.all([
      first.call('PATCH', `/api/admin/users/${second.id}`, { role: 'member' }),
      other.call('PATCH', `/api/admin/users/${fresh.owner.id}`, { active: false }),
    ]);
    const [done, refused] = answers.map(({ status }) => status).sort();
    expect(done).toBe(200);
    // The slower one is refused for what is left, or is no owner or no user any more when it is asked who it is.
    expect([401, 403, 409]).toContain(refused);
    const [owners] = await app.query<{ count: number }>(
      `select count(*) as count from account_user where account_id = $1 and role = 'owner' and active`,
      [fresh.id],
    );
    expect(owners!.count).toBe(1);
  });

  it('does not let an owner change an operator, who may do more', async () => {
    const platform = await app.seed.account({ operator: true });
    const owner = await AdminClient.signIn(app, await app.seed.user(platform, { role: 'owner' }));
    const path = `/api/admin/users/${platform.owner.id}`;
    await expectProblem(await owner.call('PATCH', path, { password: 'taken over by me' }), 403);
    await expectProblem(await owner.call('PATCH', path, { active: false }), 403);
    const operator = await AdminClient.signIn(app, platform.owner);
    expect((await operator.call('PATCH', path, { name: 'Myself' })).status).toBe(200);
  });

  it('does not let a member manage users', async () => {
    const user = await app.seed.user(account);
    const member = await AdminClient.signIn(app, user);
    for (const [method, path] of [
      ['POST', '/api/admin/users'],
      ['GET', '/api/admin/users'],
      ['GET', `/api/admin/users/${user.id}`],
      ['PATCH', `/api/admin/users/${user.id}`],
    ] as const) {
      await expectProblem(await member.call(method, path, method === 'GET' ? undefined : body()), 403);
    }
  });
});
