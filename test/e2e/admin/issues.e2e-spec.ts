import { AdminClient } from '#test/support/admin.js';
import { expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface Thing {
  id: number;
  name: string;
  status: string;
  category: { id: number; name: string } | null;
  updatedAt: string;
}

interface List {
  items: Thing[];
  nextCursor: string | null;
}

describe('issues and categories under management', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let member: AdminClient;
  let issues: string;
  let categories: string;
  let projectId: number;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    member = await AdminClient.signIn(app, await app.seed.user(account));
  });

  beforeEach(async () => {
    projectId = (await app.seed.project(account)).id;
    issues = `/api/admin/projects/${projectId}/issues`;
    categories = `/api/admin/projects/${projectId}/categories`;
  });

  it('are created, read, changed and removed', async () => {
    const category = await admin.json<Thing>('POST', categories, { name: 'Billing' });
    const created = await admin.json<Thing>('POST', issues, { name: ' Payment ', categoryId: category.id });
    expect(created).toEqual({
      id: expect.any(Number),
      projectId,
      name: 'Payment',
      description: null,
      status: 'INIT',
      externalIssueId: null,
      category: { id: category.id, name: 'Billing' },
      feedbackCount: 0,
      createdAt: created.updatedAt,
      updatedAt: created.updatedAt,
    });
    const path = `${issues}/${created.id}`;
    const changed = await admin.json<Thing>('PATCH', path, {
      status: 'RESOLVED',
      description: 'x',
      name: null,
    });
    expect(changed).toMatchObject({ status: 'RESOLVED', name: 'Payment', category: { name: 'Billing' } });
    expect(changed.updatedAt > created.updatedAt).toBe(true);
    expect(await admin.json('GET', path)).toEqual(changed);
    expect(await admin.json('PATCH', path, { categoryId: null })).toMatchObject({ category: null });
    expect((await admin.call('DELETE', path)).status).toBe(204);
    await expectProblem(await admin.call('DELETE', path), 404);
    await expectProblem(await admin.call('GET', path), 404);
    const events = await app.query(
      `select type, data from event where project_id = $1 and type like 'issue.%' order by type, data::text`,
      [projectId],
    );
    expect(events).toEqual([
      { type: 'issue.created', data: {} },
      { type: 'issue.removed', data: {} },
      { type: 'issue.updated', data: { members: ['categoryId'] } },
      { type: 'issue.updated', data: { members: expect.any(Array), from: 'INIT', to: 'RESOLVED' } },
    ]);
  });

  it('of a category that is removed stay, without one', async () => {
    const category = await admin.json<Thing>('POST', categories, { name: 'Billing' });
    const path = `${categories}/${category.id}`;
    const issue = await admin.json<Thing>('POST', issues, { name: 'a', categoryId: category.id });
    expect(await admin.json('PATCH', path, { name: 'Money' })).toMatchObject({ name: 'Money' });
    expect(await admin.json('GET', path)).toMatchObject({ name: 'Money' });
    expect((await admin.call('DELETE', path)).status).toBe(204);
    await expectProblem(await admin.call('DELETE', path), 404);
    expect(await admin.json('GET', `${issues}/${issue.id}`)).toMatchObject({ category: null });
    await expectProblem(await admin.call('PATCH', `${issues}/${issue.id}`, { categoryId: category.id }), 404);
    await expectProblem(await admin.call('POST', issues, { name: 'b', categoryId: category.id }), 404);
    expect(await admin.json('GET', categories)).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    ['issues', {}, 'name'],
    ['issues', { name: '' }, 'name'],
    ['issues', { name: '   ' }, 'name'],
    ['issues', { name: 'x'.repeat(31) }, 'name'],
    ['issues', { name: 7 }, 'name'],
    ['issues', { name: 'x', description: 'x'.repeat(51) }, 'description'],
    ['issues', { name: 'x', status: 'OPEN' }, 'status'],
    ['issues', { name: 'x', externalIssueId: 'x'.repeat(256) }, 'externalIssueId'],
    ['issues', { name: 'x', categoryId: '1' }, 'categoryId'],
    ['categories', { name: 'x'.repeat(256) }, 'name'],
    ['categories', {}, 'name'],
  ])('%s are refused for %j, naming %s', async (kind, body, field) => {
    const path = kind === 'issues' ? issues : categories;
    const { errors } = await expectProblem(await admin.call('POST', path, body), 400);
    expect(errors!.map(({ pointer }) => pointer)).toEqual([`/${field}`]);
  });

  it.each(['issues', 'categories'])(
    '%s have a name of their own in the project, and only there',
    async (kind) => {
      const path = kind === 'issues' ? issues : categories;
      const tries = await Promise.all(
        Array.from({ length: 5 }, () => admin.call('POST', path, { name: 'One' })),
      );
      expect(tries.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      const two = await admin.json<Thing>('POST', path, { name: 'Two' });
      await expectProblem(await admin.call('PATCH', `${path}/${two.id}`, { name: 'One' }), 409);
      expect(await admin.json('GET', `${path}/${two.id}`)).toMatchObject({ name: 'Two' });
      const elsewhere = (await app.seed.project(account)).id;
      await admin.json('POST', path.replace(String(projectId), String(elsewhere)), { name: 'One' });
    },
  );

  it('are read by members and changed by owners', async () => {
    const { id } = await admin.json<Thing>('POST', issues, { name: 'a' });
    const category = await admin.json<Thing>('POST', categories, { name: 'a' });
    for (const path of [issues, `${issues}/${id}`, categories, `${categories}/${category.id}`]) {
      expect((await member.call('GET', path)).status).toBe(200);
    }
    for (const path of [issues, categories]) {
      await expectProblem(await member.call('POST', path, { name: 'b' }), 403);
      await expectProblem(await member.call('PATCH', `${path}/1`, { name: 'b' }), 403);
      await expectProblem(await member.call('DELETE', `${path}/1`), 403);
    }
  });

  it('of another account, or of another project, are not there', async () => {
    const { id } = await admin.json<Thing>('POST', issues, { name: 'Mine' });
    const category = await admin.json<Thing>('POST', categories, { name: 'Mine' });
    const foreign = await AdminClient.signIn(app, (await app.seed.account()).owner);
    const elsewhere = (await app.seed.project(account)).id;
    for (const [list, one] of [
      [issues, id],
      [categories, category.id],
    ] as const) {
      const moved = list.replace(String(projectId), String(elsewhere));
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? { name: 'x' } : undefined;
        await expectProblem(await foreign.call(method, `${list}/${one}`, body), 404);
        await expectProblem(await admin.call(method, `${moved}/${one}`, body), 404);
      }
      await expectProblem(await foreign.call('GET', list), 404);
      await expectProblem(await foreign.call('POST', list, { name: 'x' }), 404);
    }
    const body = { name: 'x', categoryId: category.id };
    await expectProblem(
      await admin.call('POST', issues.replace(String(projectId), String(elsewhere)), body),
      404,
    );
  });

  it('are listed newest first by cursor, by text, state and category', async () => {
    const category = await admin.json<Thing>('POST', categories, { name: 'c' });
    for (const name of ['100% sure', '100 percent', 'a_b', 'axb']) {
      await admin.json('POST', issues, {
        name,
        ...(name === 'axb' && { categoryId: category.id, status: 'PENDING' }),
      });
    }
    const names = async (query: string) =>
      (await admin.json<List>('GET', `${issues}?${query}`)).items.map(({ name }) => name);
    const all: string[] = [];
    for (let cursor = ''; ;) {
      const page: List = await admin.json<List>('GET', `${issues}?limit=3${cursor}`);
      all.push(...page.items.map(({ name }) => name));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(all).toEqual(['axb', 'a_b', '100 percent', '100% sure']);
    expect(await names('search=100%25')).toEqual(['100% sure']);
    expect(await names('search=A_B')).toEqual(['a_b']);
    expect(await names('status=PENDING')).toEqual(['axb']);
    expect(await names(`categoryId=${category.id}`)).toEqual(['axb']);
    await expectProblem(await admin.call('GET', `${issues}?status=OPEN`), 400);
    await expectProblem(await admin.call('GET', `${issues}?search=%00`), 400);
    await expectProblem(await admin.call('GET', `${issues}?cursor=x`), 400);
    await expectProblem(await admin.call('GET', `${issues}?limit=201`), 400);
    await expectProblem(await admin.call('GET', `${categories}?cursor=x`), 400);
    expect((await admin.json<List>('GET', `${categories}?limit=1`)).items).toHaveLength(1);
  });
});
