import { ServerAuthentication } from '#libs/auth/servers/server-authentication.js';
import { AdminClient } from '#test/support/admin.js';
import type { ShownSecret } from '#test/support/oauth-clients.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import { type ShownTarget, TARGETS } from '#test/support/scopes.js';
import type { SeededAccount } from '#test/support/seed.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
/** Within which what is taken away is gone on every process. */
const PROMISE_MS = 2_000;

describe('scope targets', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let other: TestApp;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    other = await app.replica();
  });

  afterEach(() => app.clock.reset());

  function register(type: string, changes: Record<string, unknown> = {}): Promise<ShownTarget> {
    return admin.json('POST', TARGETS, { type, name: 'Target', ...changes });
  }

  function rotate({ id }: ShownTarget, body: unknown = {}): Promise<ShownSecret> {
    return admin.json('POST', `${TARGETS}/${id}/secrets`, body);
  }

  /** Whom a process takes a server for that shows these two. */
  function whose(serverId: string, secret: string | undefined, on: TestApp = app) {
    return on.server.app.get(ServerAuthentication).bySecret(serverId, secret!);
  }

  it('201 registers one of every type, with an id of its own or the one that is given', async () => {
    for (const type of ['server', 'network', 'service', 'extension']) {
      const made = await register(type);
      expect(made).toEqual({
        id: expect.any(String),
        type,
        scopeId: made.id,
        name: 'Target',
        networkId: null,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      });
      // The same id in another type is another scope.
      expect((await register(type, { scopeId: 'ü/1' })).scopeId).toBe('ü/1');
      expect(await admin.json('GET', `${TARGETS}/${made.id}`)).toEqual(made);
    }
    await expectProblem(
      await admin.call('POST', TARGETS, { type: 'server', name: 'x', scopeId: 'ü/1' }),
      409,
    );
    const foreign = await AdminClient.signIn(app, (await app.seed.account()).owner);
    const twin = { type: 'server', name: 'x', scopeId: 'ü/1' };
    expect((await foreign.call('POST', TARGETS, twin)).status).toBe(201);
  });

  it.each([
    [{ type: 'global', name: '' }, ['/name', '/type']],
    [{ type: 'server' }, ['/name']],
    [{ type: 'server', name: 'x', scopeId: '' }, ['/scopeId']],
    [{ type: 'server', name: 'x', scopeId: 'x'.repeat(129) }, ['/scopeId']],
    [{ type: 'server', name: 'x', networkId: 'x' }, ['/networkId']],
    [{ type: 'server', name: 'x', networkId: UNKNOWN }, ['/networkId']],
    [{ type: 'network', name: 'x', networkId: UNKNOWN }, ['/networkId']],
  ])('400 points at what is wrong with %j', async (wrong, pointers) => {
    const { errors = [] } = await expectProblem(await admin.call('POST', TARGETS, wrong), 400);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
  });

  it('put servers into networks, and networks with servers stay', async () => {
    const network = await register('network', { scopeId: 'net-1' });
    const server = await register('server', { networkId: network.id });
    const loner = await register('server');
    const path = `${TARGETS}/${server.id}`;
    const members = () =>
      admin
        .json<{ items: ShownTarget[] }>('GET', `${TARGETS}?type=server&networkId=${network.id}`)
        .then(({ items }) => items.map(({ id }) => id));
    expect(await members()).toEqual([server.id]);
    for (const networkId of [loner.id, UNKNOWN])
      await expectInvalid(await admin.call('PATCH', path, { networkId }), '/networkId');
    await expectInvalid(
      await admin.call('PATCH', `${TARGETS}/${network.id}`, { networkId: network.id }),
      '/networkId',
    );
    await expectProblem(await admin.call('DELETE', `${TARGETS}/${network.id}`), 409);
    expect(await admin.json('PATCH', path, { name: 'New' })).toMatchObject({
      name: 'New',
      networkId: network.id,
    });
    expect(await admin.json('PATCH', path, { networkId: null })).toMatchObject({ networkId: null });
    expect(await members()).toEqual([]);
    expect((await admin.call('DELETE', `${TARGETS}/${network.id}`)).status).toBe(204);
    await expectProblem(await admin.call('GET', `${TARGETS}/${network.id}`), 404);
    const list = (query: string) =>
      admin.json<{ items: ShownTarget[]; nextCursor: string }>('GET', `${TARGETS}?${query}`);
    expect((await list(`scopeId=${loner.scopeId}`)).items.map(({ id }) => id)).toEqual([loner.id]);
    const first = await list('limit=1');
    const next = await list(`limit=1&cursor=${first.nextCursor}`);
    expect(next.items).not.toEqual(first.items);
  });

  describe('that are servers', () => {
    it('sign in by their id and their secret, which is shown once and kept as a digest', async () => {
      const network = await register('network', { scopeId: 'net-2' });
      const server = await register('server', { scopeId: 'lobby', networkId: network.id });
      const made = await rotate(server);
      expect(made).toMatchObject({
        secret: expect.stringMatching(/^chsrv_[\w-]{43}$/),
        hint: made.secret!.slice(-4),
        expiresAt: null,
      });
      expect(await whose('lobby', made.secret)).toEqual({
        kind: 'server',
        id: server.id,
        accountId: account.id,
        serverId: 'lobby',
        networkId: 'net-2',
        permissions: ['feedback:write'],
      });
      const { items } = await admin.json<{ items: ShownSecret[] }>('GET', `${TARGETS}/${server.id}/secrets`);
      expect(items).toEqual([expect.not.objectContaining({ secret: expect.anything() })]);
      expect(JSON.stringify(await app.query('select k::text from server_secret k'))).not.toContain(
        made.secret,
      );
      await until(async () => {
        const shown = await admin.json<{ items: ShownSecret[] }>('GET', `${TARGETS}/${server.id}/secrets`);
        return shown.items[0]!.lastUsedAt !== null;
      });
    });

    it('are nobody with the secret of another server, of nobody, or with one that is too long', async () => {
      const [one, two] = [await register('server'), await register('server')];
      const [first, second] = [await rotate(one), await rotate(two)];
      for (const [id, secret] of [
        [one.scopeId, second.secret],
        [two.scopeId, first.secret],
        [UNKNOWN, first.secret],
        ['', first.secret],
        [one.scopeId, ''],
        [one.scopeId, `${first.secret} `],
        [one.scopeId.toUpperCase(), first.secret],
        [one.scopeId, 'x'.repeat(10_000)],
      ] as const)
        expect(await whose(id, secret)).toBeUndefined();
      expect(await whose(one.scopeId, first.secret)).toMatchObject({ id: one.id, networkId: null });
    });

    it('rotate with an overlap: both secrets work, then the new one alone', async () => {
      const server = await register('server');
      const old = await rotate(server);
      expect(await whose(server.scopeId, old.secret)).toBeDefined();
      const spare = await rotate(server, { overlapSeconds: null });
      await admin.call('DELETE', `${TARGETS}/${server.id}/secrets/${spare.id}`);
      const fresh = await rotate(server, { overlapSeconds: 60 });
      for (const { secret } of [old, fresh]) expect(await whose(server.scopeId, secret)).toBeDefined();
      await expectProblem(await admin.call('POST', `${TARGETS}/${server.id}/secrets`, {}), 409);
      app.clock.advance(61_000);
      for (const on of [app, other]) {
        await until(async () => (await whose(server.scopeId, old.secret, on)) === undefined);
        expect(await whose(server.scopeId, fresh.secret, on)).toBeDefined();
      }
      expect((await rotate(server)).secret).toBeDefined();
    });

    it('have two secrets at the most, also when many are made at the same moment', async () => {
      const { id } = await register('server');
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => admin.call('POST', `${TARGETS}/${id}/secrets`, {})),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409]);
    });

    it.each<[string, (server: ShownTarget, secretId: string) => Promise<unknown>]>([
      [
        'a secret that is revoked',
        ({ id }, secret) => admin.call('DELETE', `${TARGETS}/${id}/secrets/${secret}`),
      ],
      ['a secret that is rotated at once', (server) => rotate(server, { overlapSeconds: 0 })],
      ['a server that is taken off the register', ({ id }) => admin.call('DELETE', `${TARGETS}/${id}`)],
    ])('are shut out on both processes within two seconds by %s', async (_, take) => {
      const server = await register('server');
      const { id, secret } = await rotate(server);
      const open = async (on: TestApp) => (await whose(server.scopeId, secret, on)) !== undefined;
      for (const on of [app, other]) expect(await open(on)).toBe(true);
      await take(server, id);
      const started = performance.now();
      for (const on of [app, other]) await until(async () => !(await open(on)));
      expect(performance.now() - started).toBeLessThan(PROMISE_MS);
    });

    it('lose their network on both processes within two seconds when they leave it', async () => {
      const network = await register('network');
      const server = await register('server', { networkId: network.id });
      const { secret } = await rotate(server);
      for (const on of [app, other])
        expect((await whose(server.scopeId, secret, on))?.networkId).toBe(network.scopeId);
      await admin.json('PATCH', `${TARGETS}/${server.id}`, { networkId: null });
      const started = performance.now();
      for (const on of [app, other])
        await until(async () => (await whose(server.scopeId, secret, on))?.networkId === null);
      expect(performance.now() - started).toBeLessThan(PROMISE_MS);
    });

    it('alone have secrets, and each its own', async () => {
      const network = await register('network');
      await expectProblem(await admin.call('POST', `${TARGETS}/${network.id}/secrets`, {}), 409);
      const [one, two] = [await register('server'), await register('server')];
      const { id } = await rotate(one);
      for (const [target, secret] of [
        [two.id, id],
        [one.id, UNKNOWN],
        [UNKNOWN, id],
      ])
        await expectProblem(await admin.call('DELETE', `${TARGETS}/${target}/secrets/${secret}`), 404);
      const path = `${TARGETS}/${one.id}/secrets/${id}`;
      for (let n = 0; n < 2; n++) expect((await admin.call('DELETE', path)).status).toBe(204);
    });
  });

  it('and their secrets leave one event each, without names and secrets', async () => {
    const server = await register('server', { name: 'Ada Lovelace' });
    const { id: secretId, secret } = await rotate(server);
    await admin.json('PATCH', `${TARGETS}/${server.id}`, { name: 'Ada' });
    await admin.call('DELETE', `${TARGETS}/${server.id}/secrets/${secretId}`);
    await admin.call('DELETE', `${TARGETS}/${server.id}`);
    const events = await app.query<{ type: string; data: object }>(
      'select type, data from event where subject_id = $1 order by id',
      [server.id],
    );
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['scope-target.created', { type: 'server' }],
      ['scope-target.secret-created', { secretId }],
      ['scope-target.updated', { members: ['name'] }],
      ['scope-target.secret-revoked', { secretId }],
      ['scope-target.removed', {}],
    ]);
    expect(JSON.stringify(app.log.entries)).not.toContain(secret);
  });
});
