import type { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { type Listed, roleBody, ROLES, ScopesApi, type ShownRole } from '#test/support/scopes.js';
import { testApp } from '#test/support/test-app.js';

describe('roles', () => {
  const app = testApp();
  let scopes: ScopesApi;
  let owner: AdminClient;

  beforeAll(async () => {
    scopes = await ScopesApi.of(app);
    ({ owner } = scopes);
  });

  it('201 makes a role, shows it, changes it and removes it', async () => {
    const made = await scopes.globalRole({
      name: 'Moderators',
      scope: 'server',
      scopeId: 'a/b ü',
      permissions: ['feedback:*'],
    });
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Moderators',
      description: null,
      scope: 'server',
      scopeId: 'a/b ü',
      permissions: ['feedback:*'],
      isDefault: false,
      builtIn: false,
      creatorId: scopes.account.owner.id,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const path = `${ROLES}/${made.id}`;
    const changed = await owner.json<ShownRole>('PATCH', path, { description: 'x', permissions: [] });
    expect(changed).toEqual({ ...made, description: 'x', permissions: [], updatedAt: expect.any(String) });
    expect(changed.updatedAt > made.updatedAt).toBe(true);
    expect(await owner.json('GET', path)).toEqual(changed);
    const { items } = await owner.json<Listed<ShownRole>>(
      'GET',
      `${ROLES}?scope=server&scopeId=${encodeURIComponent('a/b ü')}`,
    );
    expect(items).toEqual([changed]);
    expect((await owner.call('DELETE', path)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) await expectProblem(await owner.call(method, path), 404);
  });

  it('201 takes null for what may be left out', async () => {
    const nulls = { scopeId: null, description: null, isDefault: null };
    const { id } = await scopes.globalRole(nulls);
    const kept = await owner.json('GET', `${ROLES}/${id}`);
    expect(kept).toMatchObject({ ...nulls, isDefault: false });
    const changed = await owner.json('PATCH', `${ROLES}/${id}`, {
      name: null,
      permissions: null,
      isDefault: null,
    });
    expect(changed).toEqual({ ...(kept as object), updatedAt: expect.any(String) });
  });

  it.each([
    [{ name: '', permissions: 'x', scope: 'planet' }, ['/name', '/scope', '/permissions']],
    [{ scope: 'server' }, ['/scopeId']],
    [{ scope: 'server', scopeId: null, isDefault: true }, ['/scopeId']],
    [{ scope: 'global', scopeId: 'x' }, ['/scopeId']],
    [{ scope: 'server', scopeId: '' }, ['/scopeId']],
    [{ scope: 'server', scopeId: 'a\u0007' }, ['/scopeId']],
    [{ scope: 'server', scopeId: 'x'.repeat(129) }, ['/scopeId']],
    [{ permissions: ['feedback:fly'] }, ['/permissions']],
    [{ permissions: ['platform:manage'] }, ['/permissions']],
    [{ permissions: ['platform:*'] }, ['/permissions']],
    [{ permissions: ['feedback:read', 'feedback:read'] }, ['/permissions']],
    [{ isDefault: 'yes' }, ['/isDefault']],
  ])('400 points at what is wrong with %j', async (wrong, pointers) => {
    const response = await owner.call('POST', ROLES, roleBody(wrong));
    const { errors = [] } = await expectProblem(response, 400);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([...pointers].sort());
  });

  it.each([
    ['scope=global&scopeId=x', '/scopeId'],
    ['scope=server', '/scopeId'],
    ['scopeId=x', '/scopeId'],
    ['scope=planet', '/scope'],
    ['cursor=x', '/cursor'],
  ])('400 points at what is wrong with ?%s', async (query, pointer) => {
    await expectInvalid(await owner.call('GET', `${ROLES}?${query}`), pointer);
  });

  it('of owners and members are there from the start, and stay as they are', async () => {
    const { items } = await owner.json<Listed<ShownRole>>('GET', `${ROLES}?limit=2`);
    expect(items.map(({ name, permissions, builtIn }) => [name, permissions, builtIn]).sort()).toEqual([
      ['Member', ['account:read', 'projects:read', 'issues:read', 'categories:read'], true],
      ['Owner', ['*'], true],
    ]);
    const { id } = await scopes.member();
    for (const role of items) {
      const path = `${ROLES}/${role.id}`;
      await expectProblem(await owner.call('PATCH', path, { permissions: ['*'] }), 409);
      await expectProblem(await owner.call('DELETE', path), 409);
      await expectProblem(await scopes.assign(id, role), 409);
    }
  });

  it('say who has them, and what a user was given, page by page', async () => {
    const { id } = await scopes.member();
    const other = await scopes.member();
    const given: string[] = [];
    for (const server of ['p1', 'p2', 'p3']) {
      const role = await scopes.serverRole(server, ['feedback:read']);
      expect((await scopes.assign(id, role)).status).toBe(204);
      expect((await scopes.assign(id, role)).status).toBe(204);
      given.push(role.id);
    }
    await scopes.assign(other.id, { id: given[0]! });
    const path = `/api/admin/users/${id}/roles`;
    const first = await owner.json<Listed<ShownRole>>('GET', `${path}?limit=2`);
    const rest = await owner.json<Listed<ShownRole>>('GET', `${path}?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map((role) => role.id)).toEqual([...given].sort());
    expect(rest.nextCursor).toBeNull();
    const holders = `${ROLES}/${given[0]}/users`;
    const one = await owner.json<Listed<{ userId: string }>>('GET', `${holders}?limit=1`);
    const two = await owner.json<Listed<{ userId: string }>>('GET', `${holders}?cursor=${one.nextCursor}`);
    expect([...one.items, ...two.items].map(({ userId }) => userId)).toEqual([id, other.id].sort());
  });

  it('are at most a thousand for one user, also when two are given at the same moment', async () => {
    const { id } = await scopes.member();
    await app.query(
      `with made as (
         insert into role (id, account_id, name, scope_type, scope_id, permissions, is_default, created_at, updated_at)
         select gen_random_uuid(), $1, 'Role', 'service', n::text, '{}', false, now(), now()
         from generate_series(1, 999) n returning id
       ) insert into role_assignment select $2, id, now() from made`,
      [scopes.account.id, id],
    );
    const [one, two] = [await scopes.globalRole(), await scopes.globalRole()];
    const answers = await Promise.all([scopes.assign(id, one), scopes.assign(id, two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const last = answers[0]!.status === 204 ? one : two;
    expect((await scopes.assign(id, last)).status).toBe(204);
  });

  it('two that are made the default at the same moment leave one', async () => {
    const roles = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => scopes.serverRole('d1', [], { name })),
    );
    const global = await Promise.all(['a', 'b'].map((name) => scopes.globalRole({ name })));
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(
        [...roles, ...global].map(({ id }) => owner.call('PATCH', `${ROLES}/${id}`, { isDefault: true })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      for (const scope of ['scope=server&scopeId=d1', 'scope=global']) {
        const { items } = await owner.json<Listed<ShownRole>>('GET', `${ROLES}?${scope}`);
        expect(items.filter(({ isDefault }) => isDefault)).toHaveLength(1);
      }
    }
    const made = await scopes.serverRole('d1', [], { isDefault: true });
    const { items } = await owner.json<Listed<ShownRole>>('GET', `${ROLES}?scope=server&scopeId=d1`);
    expect(items.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([made.id]);
    for (const { id } of global) await owner.call('DELETE', `${ROLES}/${id}`);
  });

  it('tell of each change by one event, without names', async () => {
    const { id } = await scopes.member();
    const role = await scopes.serverRole('quiet', ['feedback:read'], { name: 'Ada Lovelace' });
    await owner.json('PATCH', `${ROLES}/${role.id}`, { description: 'About Ada' });
    await scopes.assign(id, role);
    await scopes.assign(id, role);
    await owner.call('DELETE', `/api/admin/users/${id}/roles/${role.id}`);
    await owner.call('DELETE', `/api/admin/users/${id}/roles/${role.id}`);
    await scopes.grant(id, { permission: 'feedback:read', negated: true });
    await owner.call('DELETE', `/api/admin/users/${id}/grants/feedback:read`);
    await owner.call('DELETE', `${ROLES}/${role.id}`);
    const events = await app.query<{ type: string; data: object; actor_id: string }>(
      `select type, data, actor_id from event
       where type <> 'user.created' and subject_id = any($1) order by id`,
      [[id, role.id]],
    );
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['role.created', {}],
      ['role.updated', { members: ['description'] }],
      ['role.assigned', { roleId: role.id }],
      ['role.unassigned', { roleId: role.id }],
      ['grant.set', { permission: 'feedback:read', negated: true }],
      ['grant.removed', { permission: 'feedback:read' }],
      ['role.removed', {}],
    ]);
    expect(new Set(events.map(({ actor_id }) => actor_id))).toEqual(new Set([scopes.account.owner.id]));
  });
});
