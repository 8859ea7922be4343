import { Permission } from '#libs/scopes/permission.js';
import { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { type Listed, roleBody, ROLES, ScopesApi, type ShownRole, TARGETS } from '#test/support/scopes.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describe('who manages permissions', () => {
  const app = testApp();
  let scopes: ScopesApi;
  let owner: AdminClient;

  beforeAll(async () => {
    scopes = await ScopesApi.of(app);
    ({ owner } = scopes);
  });

  describe('nobody gives what they do not hold:', () => {
    let manager: { id: string; client: AdminClient };
    let victim: { id: string; email: string; password: string };
    let target: string;

    beforeAll(async () => {
      manager = await scopes.member('roles:manage', 'users:manage', 'credentials:manage', 'feedback:read');
      const writers = await scopes.serverRole('own', ['feedback:write']);
      await scopes.assign(manager.id, writers);
      victim = await app.seed.user(scopes.account);
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
      const strong = await scopes.serverRole('own', ['feedback:edit', 'feedback:write']);
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
      await scopes.grant(victim.id, { permission: 'feedback:edit', negated: true });
      await forbidden('DELETE', `${grants}/feedback:edit`);
      await forbidden('POST', `/api/admin/users/${scopes.account.owner.id}/grants`, {
        permission: 'feedback:read',
        negated: true,
      });
      expect((await manager.client.call('DELETE', `${grants}/feedback:read`)).status).toBe(204);
    });

    it('a user who may do more is neither made nor taken over', async () => {
      const password = 'another password of mine';
      const stronger = await scopes.member('feedback:edit');
      await forbidden('PATCH', `/api/admin/users/${scopes.account.owner.id}`, { password });
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
      const { id: projectId } = await app.seed.project(scopes.account);
      const client = await app.seed.client({ account: scopes.account, projectId });
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

  it('finds no role, grant or user of another account', async () => {
    const foreign = await app.seed.account();
    const intruder = await AdminClient.signIn(app, foreign.owner);
    const { id } = await scopes.member('feedback:read');
    const role = await scopes.serverRole('mine', ['feedback:read']);
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
    const theirs = { name: 'All', scope: 'server', scopeId: 'mine', permissions: ['feedback:delete'] };
    await intruder.json('POST', ROLES, { ...theirs, isDefault: true });
    expect(await scopes.allows(id, Permission.FeedbackDelete, 'mine')).toBe(false);
  });

  it('finds no target of another account, and no network to join there', async () => {
    const foreign = await AdminClient.signIn(app, (await app.seed.account()).owner);
    const network = await owner.json<{ id: string }>('POST', TARGETS, { type: 'network', name: 'N' });
    const server = await owner.json<{ id: string }>('POST', TARGETS, { type: 'server', name: 'S' });
    const path = `${TARGETS}/${server.id}`;
    const { id } = await owner.json<{ id: string }>('POST', `${path}/secrets`, {});
    for (const [method, where, body] of [
      ['GET', path],
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path],
      ['GET', `${path}/secrets`],
      ['POST', `${path}/secrets`, {}],
      ['DELETE', `${path}/secrets/${id}`],
    ] as const)
      await expectProblem(await foreign.call(method, where, body), 404);
    const join = { type: 'server', name: 'x', networkId: network.id };
    await expectInvalid(await foreign.call('POST', TARGETS, join), '/networkId');
    expect(await foreign.json('GET', TARGETS)).toEqual({ items: [], nextCursor: null });
  });
});
