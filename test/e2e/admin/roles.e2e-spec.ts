import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';
import { Permission } from '#libs/scopes/permission.js';
import { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import {
  assign,
  roleBody,
  ROLES,
  serverRole,
  type ShownDecision,
  type ShownRole,
  TARGETS,
} from '#test/support/scopes.js';
import type { SeededAccount } from '#test/support/seed.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
/** What is taken away must be gone on every process within this time. */
const PROMISE_MS = 2_000;

interface Listed<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

describe('roles and grants', () => {
  const app = testApp();
  let account: SeededAccount;
  let owner: AdminClient;

  beforeAll(async () => {
    account = await app.seed.account();
    owner = await AdminClient.signIn(app, account.owner);
  });

  afterEach(() => app.clock.reset());

  /** A member who signed in, with these grants. */
  async function member(...permissions: string[]): Promise<{ id: string; client: AdminClient }> {
    const user = await app.seed.user(account);
    for (const permission of permissions) await grant(user.id, { permission });
    return { id: user.id, client: await AdminClient.signIn(app, user) };
  }

  function grant(userId: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return owner.json('POST', `/api/admin/users/${userId}/grants`, body);
  }

  function explain(userId: string, permission: string, scope = ''): Promise<ShownDecision> {
    return owner.json('GET', `/api/admin/users/${userId}/permissions/${permission}${scope}`);
  }

  /** What a process decides about a user, by its caches. */
  async function allows(userId: string, permission: Permission, server?: string, on: TestApp = app) {
    const user = {
      kind: 'user',
      id: userId,
      accountId: account.id,
      role: 'member',
      operator: false,
    } as const;
    const scope = server === undefined ? undefined : ({ type: 'server', id: server } as const);
    return on.server.app.get(ScopedPermissions).allows(user, permission, scope);
  }

  it('201 makes a role, shows it, changes it and removes it', async () => {
    const made = await owner.json<ShownRole>(
      'POST',
      ROLES,
      roleBody({ name: 'Moderators', scope: 'server', scopeId: 'a/b ü', permissions: ['feedback:*'] }),
    );
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Moderators',
      description: null,
      scope: 'server',
      scopeId: 'a/b ü',
      permissions: ['feedback:*'],
      isDefault: false,
      builtIn: false,
      creatorId: account.owner.id,
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
      ['Member', ['account:read', 'projects:read'], true],
      ['Owner', ['*'], true],
    ]);
    const { id } = await member();
    for (const role of items) {
      const path = `${ROLES}/${role.id}`;
      await expectProblem(await owner.call('PATCH', path, { permissions: ['*'] }), 409);
      await expectProblem(await owner.call('DELETE', path), 409);
      await expectProblem(await assign(owner, id, role), 409);
    }
  });

  it('say who has them, and what a user was given, page by page', async () => {
    const { id } = await member();
    const other = await member();
    const given: string[] = [];
    for (const server of ['p1', 'p2', 'p3']) {
      const role = await serverRole(owner, server, ['feedback:read']);
      expect((await assign(owner, id, role)).status).toBe(204);
      expect((await assign(owner, id, role)).status).toBe(204);
      given.push(role.id);
    }
    await assign(owner, other.id, { id: given[0]! });
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

  it('explain what they decide: the grant, the role, the default, or nothing', async () => {
    const { id } = await member();
    const at = (server: string) => `?scope=server&scopeId=${server}`;
    const role = await serverRole(owner, 'e1', ['feedback:read'], { name: 'Readers' });
    const fallback = await serverRole(owner, 'e2', ['feedback:write'], { name: 'All', isDefault: true });
    await assign(owner, id, role);
    await grant(id, { permission: 'feedback:edit', negated: true });
    expect(await explain(id, 'feedback:read', at('e1'))).toEqual({
      permission: 'feedback:read',
      allowed: true,
      decidedBy: 'role',
      grant: null,
      role: { id: role.id, name: 'Readers', scope: 'server', scopeId: 'e1' },
    });
    expect(await explain(id, 'feedback:write', at('e2'))).toMatchObject({
      allowed: true,
      decidedBy: 'default',
      role: { id: fallback.id },
    });
    expect(await explain(id, 'feedback:edit')).toMatchObject({
      allowed: false,
      decidedBy: 'grant',
      grant: { negated: true, expiresAt: null },
    });
    expect(await explain(id, 'feedback:read')).toMatchObject({ allowed: false, decidedBy: 'nothing' });
    expect(await explain(id, 'projects:read')).toMatchObject({ allowed: true, role: { name: 'Member' } });
    expect(await explain(account.owner.id, 'users:manage', at('e1'))).toMatchObject({
      allowed: true,
      role: { name: 'Owner' },
    });
    expect(await explain(account.owner.id, 'platform:manage')).toMatchObject({ allowed: false });
    const { items } = await owner.json<{ items: ShownDecision[] }>(
      'GET',
      `/api/admin/users/${id}/permissions${at('e1')}`,
    );
    expect(items.filter(({ allowed }) => allowed).map(({ permission }) => permission)).toEqual([
      'feedback:read',
      'account:read',
      'projects:read',
    ]);
    for (const path of [`/api/admin/users/${UNKNOWN}/permissions`, `/api/admin/users/${UNKNOWN}/roles`])
      await expectProblem(await owner.call('GET', path), 404);
    await expectProblem(await owner.call('GET', `/api/admin/users/${id}/permissions/x`), 400);
    await expectInvalid(
      await owner.call('GET', `/api/admin/users/${id}/permissions?scope=server`),
      '/scopeId',
    );
  });

  it('list the permissions that there are', async () => {
    const { items } = await owner.json<{ items: { permission: string; grantable: boolean }[] }>(
      'GET',
      '/api/admin/permissions',
    );
    expect(items.map(({ permission }) => permission)).toEqual(Object.values(Permission));
    expect(items.filter(({ grantable }) => !grantable).map(({ permission }) => permission)).toEqual([
      'platform:manage',
    ]);
  });

  it('open the management API itself: a member may do there what they were given, and no more', async () => {
    const { id, client } = await member();
    await expectProblem(await client.call('GET', '/api/admin/users'), 403);
    await grant(id, { permission: 'users:manage' });
    await until(async () => (await client.call('GET', '/api/admin/users')).status === 200);
    await expectProblem(await client.call('GET', ROLES), 403);
    // A role of some scope says nothing about the account.
    await assign(owner, id, await serverRole(owner, 'm1', ['*']));
    await until(async () => (await allows(id, Permission.RolesManage, 'm1')) === true);
    await expectProblem(await client.call('GET', ROLES), 403);
    const everyone = await owner.json<ShownRole>(
      'POST',
      ROLES,
      roleBody({ permissions: ['roles:manage'], isDefault: true }),
    );
    await until(async () => (await client.call('GET', ROLES)).status === 200);
    expect((await owner.call('DELETE', `${ROLES}/${everyone.id}`)).status).toBe(204);
    await until(async () => (await client.call('GET', ROLES)).status === 403);
  });

  describe('grants', () => {
    it('are upserted: what is left out stays, null clears', async () => {
      const { id } = await member();
      const permission = 'feedback:read';
      const expiresAt = '2099-01-01T00:00:00.000Z';
      const made = await grant(id, { permission, expiresAt });
      expect(made).toMatchObject({ permission, negated: false, expiresAt });
      expect(await grant(id, { permission, negated: true })).toMatchObject({ negated: true, expiresAt });
      expect(await grant(id, { permission, expiresAt: null })).toMatchObject({
        negated: true,
        expiresAt: null,
      });
      const last = await grant(id, { permission, negated: null });
      expect(last).toMatchObject({ negated: false, expiresAt: null, createdAt: made['createdAt'] });
      const path = `/api/admin/users/${id}/grants`;
      expect(await owner.json('GET', path)).toEqual({ items: [last] });
      expect((await owner.call('DELETE', `${path}/${permission}`)).status).toBe(204);
      await expectProblem(await owner.call('DELETE', `${path}/${permission}`), 404);
      expect(await owner.json('GET', path)).toEqual({ items: [] });
    });

    it.each([
      [{ permission: '*' }, '/permission'],
      [{ permission: 'feedback:*' }, '/permission'],
      [{ permission: 'platform:manage' }, '/permission'],
      [{}, '/permission'],
      [{ permission: 'feedback:read', negated: 'no' }, '/negated'],
      [{ permission: 'feedback:read', expiresAt: 'soon' }, '/expiresAt'],
      [{ permission: 'feedback:read', expiresAt: '2027-W01-1' }, '/expiresAt'],
      [{ permission: 'feedback:read', expiresAt: '2027-13-01T00:00:00Z' }, '/expiresAt'],
    ])('400 points at what is wrong with %j', async (wrong, pointer) => {
      const path = `/api/admin/users/${account.owner.id}/grants`;
      await expectInvalid(await owner.call('POST', path, wrong), pointer);
    });

    it('deny above every role, but never oneself', async () => {
      const { id, client } = await member();
      const denial = { permission: 'projects:read', negated: true };
      await grant(id, denial);
      await until(async () => (await client.call('GET', '/api/admin/projects')).status === 403);
      const own = await owner.call('POST', `/api/admin/users/${account.owner.id}/grants`, denial);
      await expectProblem(own, 409);
    });
  });

  describe('on two processes', () => {
    let other: TestApp;

    beforeAll(async () => {
      other = await app.replica();
    });

    /** Both processes stop within the promise. */
    async function expectEnds(take: () => Promise<unknown>, still: (on: TestApp) => Promise<boolean>) {
      for (const on of [app, other]) await until(() => still(on));
      await take();
      const started = performance.now();
      for (const on of [app, other]) await until(async () => !(await still(on)));
      expect(performance.now() - started).toBeLessThan(PROMISE_MS);
    }

    it('a role that is taken, emptied or removed, and a grant that is taken, end within two seconds', async () => {
      const { id } = await member('feedback:write');
      const read = (on: TestApp) => allows(id, Permission.FeedbackRead, 'r1', on);
      const role = await serverRole(owner, 'r1', ['feedback:read']);
      await assign(owner, id, role);
      await expectEnds(() => owner.call('DELETE', `/api/admin/users/${id}/roles/${role.id}`), read);
      await assign(owner, id, role);
      await expectEnds(() => owner.json('PATCH', `${ROLES}/${role.id}`, { permissions: [] }), read);
      await owner.json('PATCH', `${ROLES}/${role.id}`, { permissions: ['feedback:*'] });
      await expectEnds(() => owner.call('DELETE', `${ROLES}/${role.id}`), read);
      const fallback = await serverRole(owner, 'r1', ['feedback:read'], { isDefault: true });
      await expectEnds(() => owner.json('PATCH', `${ROLES}/${fallback.id}`, { isDefault: false }), read);
      await expectEnds(
        () => owner.call('DELETE', `/api/admin/users/${id}/grants/feedback:write`),
        (on) => allows(id, Permission.FeedbackWrite, undefined, on),
      );
    });

    it('an owner who becomes a member, or is switched off, ends within two seconds', async () => {
      const { id } = await app.seed.user(account, { role: 'owner' });
      const manage = (on: TestApp) => allows(id, Permission.RolesManage, undefined, on);
      const change = (body: object) => owner.json('PATCH', `/api/admin/users/${id}`, body);
      await expectEnds(() => change({ role: 'member' }), manage);
      await expectEnds(
        () => change({ active: false }),
        (on) => allows(id, Permission.ProjectsRead, undefined, on),
      );
      expect(await explain(id, 'projects:read')).toMatchObject({ allowed: false, decidedBy: 'nothing' });
    });

    it('a grant ends the moment it expires, though it is in a cache', async () => {
      const { id } = await member();
      const expiresAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
      await grant(id, { permission: 'feedback:read', expiresAt });
      await expectEnds(
        () => Promise.resolve(app.clock.advance(60_000)),
        (on) => allows(id, Permission.FeedbackRead, 'x', on),
      );
    });
  });

  it('two that are made the default at the same moment leave one', async () => {
    const roles = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => serverRole(owner, 'd1', [], { name })),
    );
    const global = await Promise.all(
      ['a', 'b'].map((name) => owner.json<ShownRole>('POST', ROLES, roleBody({ name }))),
    );
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(
        [...roles, ...global].map(({ id }) => owner.call('PATCH', `${ROLES}/${id}`, { isDefault: true })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      for (const [scope, count] of [
        ['scope=server&scopeId=d1', 4],
        ['scope=global', undefined],
      ] as const) {
        const { items } = await owner.json<Listed<ShownRole>>('GET', `${ROLES}?${scope}`);
        if (count !== undefined) expect(items).toHaveLength(count);
        expect(items.filter(({ isDefault }) => isDefault)).toHaveLength(1);
      }
    }
    const made = await serverRole(owner, 'd1', [], { isDefault: true });
    const { items } = await owner.json<Listed<ShownRole>>('GET', `${ROLES}?scope=server&scopeId=d1`);
    expect(items.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([made.id]);
    for (const { id } of global) await owner.call('DELETE', `${ROLES}/${id}`);
  });

  it('are decided at once when they are in the caches, without a promise', async () => {
    const engine = app.server.app.get(ScopedPermissions);
    const by = { kind: 'user', accountId: account.id, role: 'member', operator: false } as const;
    const { id } = await member();
    for (const scope of [undefined, { type: 'server', id: 'cached' } as const]) {
      await engine.allows({ ...by, id }, Permission.FeedbackRead, scope);
      expect(engine.allows({ ...by, id }, Permission.FeedbackRead, scope)).toBe(false);
    }
  });

  it('of programs are what their credential carries, a server in its own scopes alone', () => {
    const engine = app.server.app.get(ScopedPermissions);
    const base = { id: UNKNOWN, accountId: account.id, permissions: ['feedback:write', '*'] } as const;
    const server = { ...base, kind: 'server', serverId: 's', networkId: 'n' } as const;
    const client = { ...base, kind: 'client', projectId: 1, channelId: 1 } as const;
    const scope = (type: 'server' | 'network' | 'service', id: string) => ({ type, id });
    const write = Permission.FeedbackWrite;
    expect([engine.allows(client, write), engine.allows(client, Permission.FeedbackRead)]).toEqual([
      true,
      false,
    ]);
    expect(engine.allows(server, write, scope('server', 's'))).toBe(true);
    expect(engine.allows(server, write, scope('network', 'n'))).toBe(true);
    for (const elsewhere of [scope('server', 'n'), scope('network', 's'), scope('service', 's'), undefined])
      expect(engine.allows(server, write, elsewhere)).toBe(false);
    expect(engine.allows(server, Permission.FeedbackRead, scope('server', 's'))).toBe(false);
    expect(engine.allows({ ...server, networkId: null }, write, { type: 'network', id: null })).toBe(false);
    expect(engine.allows({ kind: 'system', id: null, accountId: account.id }, write)).toBe(true);
  });

  describe('nobody gives what they do not hold:', () => {
    let manager: { id: string; client: AdminClient };
    let victim: { id: string; email: string; password: string };
    let target: string;

    beforeAll(async () => {
      manager = await member('roles:manage', 'users:manage', 'credentials:manage', 'feedback:read');
      const writers = await serverRole(owner, 'own', ['feedback:write']);
      await assign(owner, manager.id, writers);
      victim = await app.seed.user(account);
      const made = await owner.json<{ id: string }>('POST', TARGETS, {
        type: 'server',
        name: 'S',
        scopeId: 's',
      });
      target = made.id;
      await until(async () => (await manager.client.call('GET', TARGETS)).status === 200);
    });

    const forbidden = async (method: string, path: string, body?: unknown) =>
      (await expectProblem(await manager.client.call(method, path, body), 403)).detail;

    it('a role holds what its maker holds in that scope', async () => {
      const create = (body: object) => manager.client.call('POST', ROLES, roleBody({ ...body }));
      const own = { scope: 'server', scopeId: 'own' };
      expect((await create({ permissions: ['feedback:read', 'users:manage'] })).status).toBe(201);
      expect((await create({ ...own, permissions: ['feedback:write'] })).status).toBe(201);
      for (const body of [
        { permissions: ['*'] },
        { permissions: ['feedback:*'] },
        { permissions: ['feedback:write'] },
        { ...own, permissions: ['feedback:edit'] },
        { scope: 'server', scopeId: 'else', permissions: ['feedback:write'] },
        { scope: 'network', scopeId: 'own', permissions: ['feedback:write'] },
      ])
        await expectProblem(await create(body), 403);
    });

    it('a role gets, and is the default with, what its changer holds', async () => {
      const strong = await serverRole(owner, 'own', ['feedback:edit', 'feedback:write']);
      const path = `${ROLES}/${strong.id}`;
      expect(await forbidden('PATCH', path, { isDefault: true })).toContain('feedback:edit');
      await forbidden('PATCH', path, { permissions: ['feedback:edit', 'feedback:delete'] });
      await forbidden('PATCH', path, { permissions: ['feedback:*'] });
      await forbidden('PUT', `/api/admin/users/${victim.id}/roles/${strong.id}`);
      await forbidden('PUT', `/api/admin/users/${manager.id}/roles/${strong.id}`);
      const kept = ['feedback:edit', 'feedback:write', 'feedback:read'];
      expect((await manager.client.call('PATCH', path, { permissions: kept })).status).toBe(200);
      const weaker = { permissions: ['feedback:write'], isDefault: true };
      expect((await manager.client.call('PATCH', path, weaker)).status).toBe(200);
    });

    it('a grant, and the end of a denial', async () => {
      const grants = `/api/admin/users/${victim.id}/grants`;
      const put = (body: object) => manager.client.call('POST', grants, body);
      expect((await put({ permission: 'feedback:read' })).status).toBe(200);
      // Held in a scope is not held everywhere.
      for (const permission of ['feedback:write', 'feedback:edit'])
        await expectProblem(await put({ permission }), 403);
      await grant(victim.id, { permission: 'feedback:edit', negated: true });
      await forbidden('DELETE', `${grants}/feedback:edit`);
      await forbidden('POST', `/api/admin/users/${account.owner.id}/grants`, {
        permission: 'feedback:read',
        negated: true,
      });
      expect((await manager.client.call('DELETE', `${grants}/feedback:read`)).status).toBe(204);
    });

    it('a user who may do more is neither made nor taken over', async () => {
      const password = 'another password of mine';
      const stronger = await member('feedback:edit');
      await forbidden('PATCH', `/api/admin/users/${account.owner.id}`, { password });
      await forbidden('PATCH', `/api/admin/users/${stronger.id}`, { password });
      for (const id of [manager.id, victim.id]) {
        await forbidden('PATCH', `/api/admin/users/${id}`, { role: 'owner' });
      }
      const email = 'stronger@example.com';
      await forbidden('POST', '/api/admin/users', { email, password, role: 'owner' });
      const made = { email, password, role: 'member' };
      expect((await manager.client.call('POST', '/api/admin/users', made)).status).toBe(201);
      expect((await manager.client.call('PATCH', `/api/admin/users/${victim.id}`, { password })).status).toBe(
        200,
      );
    });

    it('a credential carries what its maker holds where it counts', async () => {
      const { id: projectId } = await app.seed.project(account);
      const client = await app.seed.client({ account, projectId });
      await forbidden('POST', '/api/admin/api-keys', { dialect: 'feelback', name: 'Key' });
      await forbidden('POST', '/api/admin/oauth-clients', { name: 'Client', projectId });
      await forbidden('POST', `/api/admin/oauth-clients/${client.clientId}/secrets`, {});
      const reader = { name: 'Reader', projectId, permissions: ['feedback:read'] };
      const made = await manager.client.json<{ id: string }>('POST', '/api/admin/oauth-clients', reader);
      await forbidden('PATCH', `/api/admin/oauth-clients/${made.id}`, { permissions: ['feedback:write'] });
      await forbidden('POST', `${TARGETS}/${target}/secrets`, {});
      const network = { type: 'network', name: 'N', scopeId: 'nobody-writes' };
      const { id: networkId } = await manager.client.json<{ id: string }>('POST', TARGETS, network);
      await forbidden('PATCH', `${TARGETS}/${target}`, { networkId });
      await forbidden('POST', TARGETS, { type: 'server', name: 'T', networkId });
      const own = await manager.client.json<{ id: string }>('POST', TARGETS, {
        type: 'server',
        name: 'Own',
        scopeId: 'own',
      });
      expect((await manager.client.call('POST', `${TARGETS}/${own.id}/secrets`, {})).status).toBe(201);
    });

    it('and a refusal leaves nothing behind', async () => {
      const state = () =>
        app.query(`select (select count(*) from role) as roles, (select count(*) from role_assignment) as held,
          (select count(*) from permission_grant) as grants, (select count(*) from event) as events`);
      const before = await state();
      await forbidden('POST', ROLES, roleBody({ permissions: ['*'], isDefault: true }));
      await forbidden('POST', `/api/admin/users/${victim.id}/grants`, { permission: 'feedback:edit' });
      expect(await state()).toEqual(before);
    });
  });

  it('of another account are not there', async () => {
    const foreign = await app.seed.account();
    const intruder = await AdminClient.signIn(app, foreign.owner);
    const { id } = await member('feedback:read');
    const role = await serverRole(owner, 'mine', ['feedback:read']);
    const own = await app.seed.user(foreign);
    for (const [method, path, body] of [
      ['GET', `${ROLES}/${role.id}`],
      ['PATCH', `${ROLES}/${role.id}`, { permissions: [] }],
      ['DELETE', `${ROLES}/${role.id}`],
      ['GET', `${ROLES}/${role.id}/users`],
      ['PUT', `/api/admin/users/${own.id}/roles/${role.id}`],
      ['PUT', `/api/admin/users/${id}/roles/${role.id}`],
      ['DELETE', `/api/admin/users/${id}/roles/${role.id}`],
      ['GET', `/api/admin/users/${id}/roles`],
      ['GET', `/api/admin/users/${id}/grants`],
      ['POST', `/api/admin/users/${id}/grants`, { permission: 'feedback:read' }],
      ['DELETE', `/api/admin/users/${id}/grants/feedback:read`],
      ['GET', `/api/admin/users/${id}/permissions`],
    ] as const)
      await expectProblem(await intruder.call(method, path, body), 404);
    const { items } = await intruder.json<Listed<ShownRole>>('GET', `${ROLES}?scope=server&scopeId=mine`);
    expect(items).toEqual([]);
    // The same scope, another account: its default says nothing here.
    await serverRole(intruder, 'mine', ['feedback:delete'], { isDefault: true });
    expect(await allows(id, Permission.FeedbackDelete, 'mine')).toBe(false);
  });

  it('tell of each change by one event, without names', async () => {
    const { id } = await member();
    const since = app.clock.now();
    const role = await serverRole(owner, 'quiet', ['feedback:read'], { name: 'Ada Lovelace' });
    await owner.json('PATCH', `${ROLES}/${role.id}`, { description: 'About Ada' });
    await assign(owner, id, role);
    await assign(owner, id, role);
    await owner.call('DELETE', `/api/admin/users/${id}/roles/${role.id}`);
    await owner.call('DELETE', `/api/admin/users/${id}/roles/${role.id}`);
    await grant(id, { permission: 'feedback:read', negated: true });
    await owner.call('DELETE', `/api/admin/users/${id}/grants/feedback:read`);
    await owner.call('DELETE', `${ROLES}/${role.id}`);
    const events = await app.query<{ type: string; data: object; actor_id: string }>(
      'select type, data, actor_id from event where account_id = $1 and created_at >= $2 order by id',
      [account.id, since],
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
    expect(new Set(events.map(({ actor_id }) => actor_id))).toEqual(new Set([account.owner.id]));
  });
});
