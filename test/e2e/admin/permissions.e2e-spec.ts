import { Permission } from '#libs/scopes/permission.js';
import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';
import type { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { ROLES, ScopesApi, type ShownDecision } from '#test/support/scopes.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
/** What is taken away must be gone on every process within this time. */
const PROMISE_MS = 2_000;

describe('permissions', () => {
  const app = testApp();
  let scopes: ScopesApi;
  let owner: AdminClient;

  beforeAll(async () => {
    scopes = await ScopesApi.of(app);
    ({ owner } = scopes);
  });

  afterEach(() => app.clock.reset());

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

  it('explain what they decide: the grant, the role, the default, or nothing', async () => {
    const { id } = await scopes.member();
    const at = (server: string) => `?scope=server&scopeId=${server}`;
    const role = await scopes.serverRole('e1', ['feedback:read'], { name: 'Readers' });
    const fallback = await scopes.serverRole('e2', ['feedback:write'], { name: 'All', isDefault: true });
    await scopes.assign(id, role);
    await scopes.grant(id, { permission: 'feedback:edit', negated: true });
    expect(await scopes.explain(id, 'feedback:read', at('e1'))).toEqual({
      permission: 'feedback:read',
      allowed: true,
      decidedBy: 'role',
      grant: null,
      role: { id: role.id, name: 'Readers', scope: 'server', scopeId: 'e1' },
    });
    expect(await scopes.explain(id, 'feedback:write', at('e2'))).toMatchObject({
      allowed: true,
      decidedBy: 'default',
      role: { id: fallback.id },
    });
    expect(await scopes.explain(id, 'feedback:edit')).toMatchObject({
      allowed: false,
      decidedBy: 'grant',
      grant: { negated: true, expiresAt: null },
    });
    expect(await scopes.explain(id, 'feedback:read')).toMatchObject({ allowed: false, decidedBy: 'nothing' });
    expect(await scopes.explain(id, 'projects:read')).toMatchObject({
      allowed: true,
      role: { name: 'Member' },
    });
    expect(await scopes.explain(scopes.account.owner.id, 'users:manage', at('e1'))).toMatchObject({
      allowed: true,
      role: { name: 'Owner' },
    });
    expect(await scopes.explain(scopes.account.owner.id, 'platform:manage')).toMatchObject({
      allowed: false,
    });
    const { items } = await owner.json<{ items: ShownDecision[] }>(
      'GET',
      `/api/admin/users/${id}/permissions${at('e1')}`,
    );
    expect(items.filter(({ allowed }) => allowed).map(({ permission }) => permission)).toEqual([
      'feedback:read',
      'issues:read',
      'categories:read',
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

  it('open the management API itself: a member may do there what they were given, and no more', async () => {
    const { id, client } = await scopes.member();
    await expectProblem(await client.call('GET', '/api/admin/users'), 403);
    await scopes.grant(id, { permission: 'users:manage' });
    await until(async () => (await client.call('GET', '/api/admin/users')).status === 200);
    await expectProblem(await client.call('GET', ROLES), 403);
    // A role of some scope says nothing about the account.
    await scopes.assign(id, await scopes.serverRole('m1', ['*']));
    await until(async () => (await scopes.allows(id, Permission.RolesManage, 'm1')) === true);
    await expectProblem(await client.call('GET', ROLES), 403);
    const everyone = await scopes.globalRole({ permissions: ['roles:manage'], isDefault: true });
    await until(async () => (await client.call('GET', ROLES)).status === 200);
    expect((await owner.call('DELETE', `${ROLES}/${everyone.id}`)).status).toBe(204);
    await until(async () => (await client.call('GET', ROLES)).status === 403);
  });

  describe('grants', () => {
    it('are upserted: what is left out stays, null clears', async () => {
      const { id } = await scopes.member();
      const permission = 'feedback:read';
      const expiresAt = '2099-01-01T00:00:00.000Z';
      const made = await scopes.grant(id, { permission, expiresAt });
      expect(made).toMatchObject({ permission, negated: false, expiresAt });
      expect(await scopes.grant(id, { permission, negated: true })).toMatchObject({
        negated: true,
        expiresAt,
      });
      expect(await scopes.grant(id, { permission, expiresAt: null })).toMatchObject({
        negated: true,
        expiresAt: null,
      });
      const last = await scopes.grant(id, { permission, negated: null });
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
      [{ permission: 'feedback:read', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
      [{ permission: 'feedback:read', expiresAt: '2027-13-01T00:00:00Z' }, '/expiresAt'],
    ])('400 points at what is wrong with %j', async (wrong, pointer) => {
      const path = `/api/admin/users/${scopes.account.owner.id}/grants`;
      await expectInvalid(await owner.call('POST', path, wrong), pointer);
    });

    it('deny above every role, but never oneself', async () => {
      const { id, client } = await scopes.member();
      const denial = { permission: 'projects:read', negated: true };
      await scopes.grant(id, denial);
      await until(async () => (await client.call('GET', '/api/admin/projects')).status === 403);
      const own = await owner.call('POST', `/api/admin/users/${scopes.account.owner.id}/grants`, denial);
      await expectProblem(own, 409);
    });
  });

  it('are decided at once when they are in the caches, without a promise', async () => {
    const engine = app.server.app.get(ScopedPermissions);
    const by = { kind: 'user', accountId: scopes.account.id, role: 'member', operator: false } as const;
    const { id } = await scopes.member();
    for (const scope of [undefined, { type: 'server', id: 'cached' } as const]) {
      await engine.allows({ ...by, id }, Permission.FeedbackRead, scope);
      expect(engine.allows({ ...by, id }, Permission.FeedbackRead, scope)).toBe(false);
    }
  });

  it('of programs are what their credential carries, a server in its own scopes alone', () => {
    const engine = app.server.app.get(ScopedPermissions);
    const base = { id: UNKNOWN, accountId: scopes.account.id, permissions: ['feedback:write', '*'] } as const;
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
    expect(engine.allows({ kind: 'system', id: null, accountId: scopes.account.id }, write)).toBe(true);
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
      const { id } = await scopes.member('feedback:write');
      const read = (on: TestApp) => scopes.allows(id, Permission.FeedbackRead, 'r1', on);
      const role = await scopes.serverRole('r1', ['feedback:read']);
      await scopes.assign(id, role);
      await expectEnds(() => owner.call('DELETE', `/api/admin/users/${id}/roles/${role.id}`), read);
      await scopes.assign(id, role);
      await expectEnds(() => owner.json('PATCH', `${ROLES}/${role.id}`, { permissions: [] }), read);
      await owner.json('PATCH', `${ROLES}/${role.id}`, { permissions: ['feedback:*'] });
      await expectEnds(() => owner.call('DELETE', `${ROLES}/${role.id}`), read);
      const fallback = await scopes.serverRole('r1', ['feedback:read'], { isDefault: true });
      await expectEnds(() => owner.json('PATCH', `${ROLES}/${fallback.id}`, { isDefault: false }), read);
      await expectEnds(
        () => owner.call('DELETE', `/api/admin/users/${id}/grants/feedback:write`),
        (on) => scopes.allows(id, Permission.FeedbackWrite, undefined, on),
      );
    });

    it('an owner who becomes a member, or is switched off, ends within two seconds', async () => {
      const { id } = await app.seed.user(scopes.account, { role: 'owner' });
      const manage = (on: TestApp) => scopes.allows(id, Permission.RolesManage, undefined, on);
      const change = (body: object) => owner.json('PATCH', `/api/admin/users/${id}`, body);
      await expectEnds(() => change({ role: 'member' }), manage);
      await expectEnds(
        () => change({ active: false }),
        (on) => scopes.allows(id, Permission.ProjectsRead, undefined, on),
      );
      expect(await scopes.explain(id, 'projects:read')).toMatchObject({
        allowed: false,
        decidedBy: 'nothing',
      });
    });

    it('a grant ends the moment it expires, though it is in a cache', async () => {
      const { id } = await scopes.member();
      const expiresAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
      await scopes.grant(id, { permission: 'feedback:read', expiresAt });
      await expectEnds(
        () => Promise.resolve(app.clock.advance(60_000)),
        (on) => scopes.allows(id, Permission.FeedbackRead, 'x', on),
      );
    });
  });
});
