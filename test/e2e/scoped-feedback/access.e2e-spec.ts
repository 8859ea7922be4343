import { request as httpRequest } from 'node:http';
import { ServerSecretsService } from '#libs/auth/servers/server-secrets.service.js';
import { GrantsService } from '#libs/scopes/grants/grants.service.js';
import { AssignmentsService } from '#libs/scopes/roles/assignments.service.js';
import { RolesService } from '#libs/scopes/roles/roles.service.js';
import type { Scope } from '#libs/scopes/scope.js';
import { TargetsService } from '#libs/scopes/targets/targets.service.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import {
  entryOf,
  EXAMPLE,
  FEEDBACK,
  giveRole,
  ScopedClient,
  SERVER,
  serverOf,
  userWith,
} from '#test/support/scoped-feedback.js';
import type { SeededAccount } from '#test/support/seed.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const GLOBAL: Scope = { type: 'global', id: null };

describe('access to scoped feedback', () => {
  const app = testApp();
  let account: SeededAccount;
  let owner: ScopedClient;
  beforeAll(async () => {
    account = await app.seed.account();
    owner = await ScopedClient.signIn(app, account.owner);
  });
  afterEach(() => app.clock.reset());

  it('with edit alone is none: who may not read it does not learn that it is there', async () => {
    const user = await userWith(app, account, ['feedback:edit']);
    const id = await owner.created();
    await expectProblem(await user.patch(id, { status: 'OPEN' }), 404);
    await expectProblem(await user.get(id), 404);
  });

  it('ends at the account', async () => {
    const stranger = await ScopedClient.signIn(app, (await app.seed.account({ operator: true })).owner);
    const id = await owner.created();
    for (const call of [stranger.get(id), stranger.patch(id, { status: 'OPEN' }), stranger.history(id)]) {
      await expectProblem(await call, 404);
    }
    await stranger.created();
    for (const call of [stranger.get(id), stranger.patch(id, { status: 'OPEN' })]) {
      await expectProblem(await call, 404);
    }
  });

  it('lets reporters read their own entry by its id, and do no more with it', async () => {
    const reporter = await userWith(app, account, ['feedback:write'], SERVER, 'Ada');
    const id = await reporter.created();
    expect(await entryOf(await reporter.get(id))).toMatchObject({ reporterName: 'Ada' });
    await expectProblem(await reporter.patch(id, { status: 'RESOLVED' }), 403);
    await expectProblem(await reporter.history(id), 403);
    await expectProblem(await reporter.list(SERVER), 403);
    await expectProblem(await reporter.get(await owner.created()), 404);
  });

  it.each<[string, (user: ScopedClient) => Promise<void>, number[]]>([
    ['a global role', (user) => role(user, GLOBAL), [200, 200, 200]],
    ['a direct grant', (user) => grant(user, {}), [200, 200, 200]],
    ['a grant that ended', endedGrant, [403, 403, 403]],
    ['a role in the scope', (user) => role(user, SERVER), [403, 200, 403]],
    [
      'a denial beside a global role',
      async (user) => {
        await role(user, GLOBAL);
        await grant(user, { negated: true });
      },
      [403, 403, 403],
    ],
  ])('%s decides about global, the server and another server', async (_, give, expected) => {
    const user = await userWith(app, account, []);
    await give(user);
    const scopes: Scope[] = [GLOBAL, SERVER, { type: 'server', id: 'another' }];
    const statuses = await Promise.all(scopes.map(async (scope) => (await user.list(scope)).status));
    expect(statuses).toEqual(expected);
  });

  it('comes with the default role of a scope, to everybody, there alone; a network\u2019s is not a server\u2019s', async () => {
    const { system } = account;
    const network = await app.server.app
      .get(TargetsService)
      .create(system, { type: 'network', name: 'Network' });
    const { scopeId } = await serverOf(app, account, { networkId: network.id });
    const scope: Scope = { type: 'network', id: network.scopeId };
    const user = await userWith(app, account, []);
    await expectProblem(await user.list(scope), 403);
    await app.server.app
      .get(RolesService)
      .create(system, { name: 'Everybody', scope, permissions: ['feedback:*'], isDefault: true });
    await until(async () => (await user.list(scope)).status === 200);
    await user.created({ scope });
    await expectProblem(await user.list({ type: 'server', id: scopeId }), 403);
    await expectProblem(await user.list(GLOBAL), 403);
  });

  describe('ends within two seconds, on every process,', () => {
    let replica: TestApp;
    beforeAll(async () => {
      replica = await app.replica();
    });

    it('when a role is taken away', async () => {
      const user = await app.seed.user(account);
      const roleId = await giveRole(app, account, user.id, ['feedback:read'], SERVER);
      const both = [await ScopedClient.signIn(app, user), await ScopedClient.signIn(replica, user)];
      for (const client of both) expect((await client.list(SERVER)).status).toBe(200);
      await app.server.app.get(AssignmentsService).unassign(account.system, user.id, roleId);
      for (const client of both) await until(async () => (await client.list(SERVER)).status === 403);
    });

    it('when a secret is revoked or its overlap is over, and when a server leaves its network', async () => {
      const nest = app.server.app;
      const targets = nest.get(TargetsService);
      const secrets = nest.get(ServerSecretsService);
      const { system } = account;
      const network = await targets.create(system, { type: 'network', name: 'Network' });
      const made = await serverOf(app, account, { networkId: network.id });
      const scope: Scope = { type: 'server', id: made.scopeId };
      const at = (to: TestApp, secret: string) =>
        new ScopedClient(to, made.targetId, {
          'X-Server-Id': made.scopeId,
          Authorization: `Bearer ${secret}`,
        });
      const status = async (client: ScopedClient, where = scope) =>
        (await client.create({ scope: where, authorId: 'x' })).status;
      const inNetwork: Scope = { type: 'network', id: network.scopeId };
      const old = [at(app, made.secret), at(replica, made.secret)];
      for (const client of old) expect(await status(client, inNetwork)).toBe(201);
      await targets.update(system, made.targetId, { networkId: null });
      for (const client of old) await until(async () => (await status(client, inNetwork)) === 403);
      const next = await secrets.rotate(system, made.targetId, 60);
      for (const client of [...old, at(app, next.value), at(replica, next.value)]) {
        expect(await status(client)).toBe(201);
      }
      app.clock.advance(61_000);
      for (const client of old) await until(async () => (await status(client)) === 401);
      await secrets.revoke(system, made.targetId, next.secret.id);
      for (const to of [app, replica]) {
        await until(async () => (await status(at(to, next.value))) === 401);
      }
    });
  });

  describe('without good credentials', () => {
    it('401 with a challenge, global feedback too', async () => {
      for (const path of [`${FEEDBACK}?scope=global`, `${FEEDBACK}/1`, `${FEEDBACK}/1/history`]) {
        const response = await app.fetch(path);
        expect(response.headers.get('www-authenticate')).toBe('Bearer realm="chorus"');
        expect(await expectProblem(response, 401)).toMatchObject({ instance: path.split('?')[0] });
      }
    });

    it('401 the same for an unknown server and a wrong secret, and never the token of a user instead', async () => {
      const { scopeId, secret } = await serverOf(app, account);
      const other = await serverOf(app, account);
      const { headers } = owner;
      const tries: [string, string | undefined][] = [
        ['unknown', `Bearer ${secret}`],
        [scopeId, `Bearer ${other.secret}`],
        [scopeId, 'Bearer wrong'],
        [scopeId, `Bearer ${'x'.repeat(5_000)}`],
        [scopeId, headers['Authorization']],
        ['', headers['Authorization']],
        ['', `Bearer ${secret}`],
        [scopeId.toUpperCase(), `Bearer ${secret}`],
      ];
      const details = new Set<string>();
      for (const [id, authorization] of tries) {
        const response = await app.fetch(FEEDBACK, {
          method: 'POST',
          headers: { 'X-Server-Id': id, Authorization: authorization!, 'Content-Type': 'application/json' },
          body: JSON.stringify({ ...EXAMPLE, scope: { type: 'server', id: scopeId }, authorId: 'x' }),
        });
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="chorus"/);
        details.add((await expectProblem(response, 401)).detail);
      }
      expect(details.size).toBe(1);
      for (const authorization of [undefined, `Basic ${secret}`, 'Bearer', `Bearer ${secret} x`]) {
        const response = await app.fetch(`${FEEDBACK}?scope=global`, {
          headers: { 'X-Server-Id': scopeId, ...(authorization && { Authorization: authorization }) },
        });
        await expectProblem(response, 401);
      }
    });

    it('400 for several server ids', async () => {
      const { scopeId, secret } = await serverOf(app, account);
      const status = await new Promise<number | undefined>((resolve, reject) => {
        httpRequest(`${app.url}${FEEDBACK}`, {
          method: 'POST',
          headers: { 'X-Server-Id': [scopeId, scopeId], Authorization: `Bearer ${secret}` },
        })
          .on('response', (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect(status).toBe(400);
    });
  });

  describe('is explained to those who manage roles', () => {
    const explain = (userId: string, node = 'feedback:read', scope = SERVER, by = owner) => {
      const query = new URLSearchParams({
        userId,
        node,
        scope: scope.type,
        ...(scope.id && { scopeId: scope.id }),
      });
      return by.call('GET', `${FEEDBACK}/permissions/explain?${query.toString()}`);
    };

    it('naming the grant, the role or the default that decided', async () => {
      const user = await userWith(app, account, []);
      const nothing = { allowed: false, decidedBy: 'nothing', grant: null, role: null };
      expect(await entryOf(await explain(user.id))).toEqual({
        userId: user.id,
        node: 'feedback:read',
        scope: SERVER,
        ...nothing,
      });
      const roleId = await giveRole(app, account, user.id, ['feedback:*'], SERVER);
      expect(await entryOf(await explain(user.id))).toMatchObject({
        allowed: true,
        decidedBy: 'role',
        role: { id: roleId, name: 'Test', scope: SERVER, permissions: ['feedback:*'] },
      });
      expect(await entryOf(await explain(user.id, 'feedback:read', GLOBAL))).toMatchObject(nothing);
      const scope: Scope = { type: 'service', id: 'explained' };
      await app.server.app
        .get(RolesService)
        .create(account.system, { name: 'All', scope, permissions: ['feedback:read'], isDefault: true });
      expect(await entryOf(await explain(user.id, 'feedback:read', scope))).toMatchObject({
        allowed: true,
        decidedBy: 'default',
        role: { name: 'All' },
      });
      const expiresAt = new Date(app.clock.now().getTime() + 60_000);
      await grant(user, { negated: true, expiresAt });
      expect(await entryOf(await explain(user.id))).toMatchObject({
        allowed: false,
        decidedBy: 'grant',
        grant: { node: 'feedback:read', negated: true, expiresAt: expiresAt.toISOString() },
        role: null,
      });
    });

    it('400, 403 and 404 for what is wrong, not allowed and not there', async () => {
      const user = await userWith(app, account, ['feedback:*']);
      await expectInvalid(
        await owner.call('GET', `${FEEDBACK}/permissions/explain`),
        '/userId',
        '/node',
        '/scope',
      );
      await expectInvalid(await explain('x'), '/userId');
      await expectInvalid(await explain(user.id, 'feedback:*'), '/node');
      await expectInvalid(await explain(user.id, 'feedback:read', { type: 'server', id: null }), '/scopeId');
      await expectProblem(await explain(user.id, 'feedback:read', SERVER, user), 403);
      await expectProblem(await explain((await app.seed.account()).owner.id), 404);
    });
  });

  it('404 and 405 below /v1/feedback are problems, too', async () => {
    await expectProblem(await owner.call('GET', `${FEEDBACK}/1/nothing`), 404);
    const wrong = await owner.call('DELETE', `${FEEDBACK}/1`);
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, PATCH');
    await expectProblem(wrong, 405);
  });

  async function endedGrant(user: ScopedClient): Promise<void> {
    await grant(user, {});
    await app.query('update permission_grant set expires_at = $2 where user_id = $1', [user.id, new Date(0)]);
  }

  async function role(user: ScopedClient, scope: Scope): Promise<void> {
    await giveRole(app, account, user.id, ['feedback:read'], scope);
  }

  async function grant(user: ScopedClient, change: { negated?: boolean; expiresAt?: Date }): Promise<void> {
    await app.server.app.get(GrantsService).put(account.system, user.id, 'feedback:read', change);
  }
});
