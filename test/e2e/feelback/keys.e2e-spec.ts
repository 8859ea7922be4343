import { AdminClient } from '#test/support/admin.js';
import { FeelbackCaller, feelbackKey, seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

const UNKNOWN = '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10';

describe('a call of the feelback API', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let key: string;

  beforeAll(async () => {
    world = await seedFeelback(app);
    key = world.viewer.key!;
  });

  describe('with a key', () => {
    it.each([
      ['Authorization', 'API-KEY %'],
      ['Authorization', 'api-key %'],
      ['Authorization', 'API_KEY %'],
      ['Authorization', 'ApiKey   %'],
      ['apikey', '%'],
      ['api_key', '%'],
      ['api-key', '%'],
      ['X-API-Key', '%'],
    ])('in %s: %s is let in', async (header, value) => {
      const response = await app.fetch('/v0/projects/list', {
        headers: { [header]: value.replace('%', key) },
      });
      expect(response.status).toBe(200);
    });

    it.each([
      ['Authorization', 'API-KEY nobody'],
      ['Authorization', 'API-KEY'],
      ['Authorization', 'API-KEY '],
      ['X-Api-Key', 'nobody'],
      ['X-Api-Key', ''],
    ])('that is unknown (%s: %s) is refused, where none is needed, too', async (header, value) => {
      for (const path of ['/v0/projects/list', `/v0/feelbacks/getAggregates?$p=["${UNKNOWN}"]`]) {
        const response = await app.fetch(path, { headers: { [header]: value } });
        expect([path, response.status, await response.json()]).toEqual([
          path,
          401,
          { error: 'unauthorized', message: 'The API key is not valid.' },
        ]);
      }
    });

    it.each(['api_key', 'api-key', 'apikey', 'x-api-key', 'API_KEY'])(
      'in the address (%s) is refused',
      async (name) => {
        for (const path of ['/v0/projects/list', '/v0/feelbacks/getAggregates']) {
          for (const query of [`?${name}=${key}`, `?${name}=${key}&$p=[]`, `?%24p=[]&${name}=${key}`]) {
            const response = await app.fetch(path + query, { headers: { 'X-Api-Key': key } });
            expect([path, query, response.status]).toEqual([path, query, 401]);
            expect(await response.text()).not.toContain(key);
          }
        }
        expect(JSON.stringify(app.log.entries)).not.toContain(key);
      },
    );

    it('of somebody else (a bearer token, a password) is none', async () => {
      const headers = { Authorization: 'Basic dXNlcjpwYXNzd29yZA==' };
      const list = await app.fetch('/v0/projects/list', { headers });
      expect([list.status, await list.json()]).toEqual([
        401,
        { error: 'unauthorized', message: 'An API key is required.' },
      ]);
      const open = await app.fetch(`/v0/feelbacks/getAggregates?$p=["${UNKNOWN}"]`, { headers });
      expect(open.status).toBe(404);
    });

    it('that reads may not change, and the other way round may', async () => {
      for (const { name, path, method } of declaredRoutes(app).filter(
        ({ dialect, access }) =>
          dialect === 'feelback' && access.kind === 'permission' && access.permission === 'content:manage',
      )) {
        const response = await app.fetch(path, { method, headers: { 'X-Api-Key': key } });
        expect([name, response.status, await response.json()]).toEqual([
          name,
          403,
          { error: 'forbidden', message: 'This credential is not allowed to do this.' },
        ]);
      }
      expect((await world.owner.call('projects/list')).status).toBe(200);
    });

    it('of another account finds nothing', async () => {
      const set = await world.set('pulse');
      const other = new FeelbackCaller(app, await feelbackKey(app, await app.seed.account(), 'owner'));
      for (const [path, ...args] of [
        ['projects/get', world.projectId],
        ['projects/save', world.projectId, {}],
        ['projects/archive', world.projectId],
        ['projects/getStats', world.projectId],
        ['sets/get', set],
        ['sets/save', set, {}],
        ['sets/archive', set],
        ['sets/getStats', set],
        ['contents/create', { contentSetId: set, key: 'x' }],
        ['sets/create', { projectId: world.projectId, key: 'x', schema: 'pulse', metadata: { name: 'x' } }],
      ] as const) {
        const [status, { error }] = await other.failure(path, ...args);
        expect([path, status, error]).toEqual([path, 404, 'not-found']);
      }
      expect(await other.result('sets/exists', set)).toBe(false);
      expect(await other.result('sets/exists', { projectId: world.projectId, key: 'set-1' })).toBe(false);
      for (const path of ['projects/list', 'sets/list', 'contents/list', 'feelbacks/list'])
        expect([path, await other.result(path, {})]).toEqual([path, { items: [], count: 0 }]);
      for (const path of ['projects/lookup', 'sets/lookup', 'contents/lookup', 'sets/top', 'contents/top'])
        expect([path, await other.result(path, path.endsWith('top') ? {} : '')]).toEqual([path, []]);
    });
  });

  it('knows no entity of another account, by the management API either', async () => {
    const contentSetId = await world.set('pulse');
    const { id } = await world.owner.result<{ id: string }>('contents/create', { contentSetId, key: 'k' });
    const stranger = await AdminClient.signIn(app, (await app.seed.account()).owner);
    for (const path of [`content-sets/${contentSetId}`, `contents/${id}`]) {
      for (const method of ['GET', 'PATCH'])
        expect(
          (await stranger.call(method, `/api/admin/${path}`, method === 'PATCH' ? {} : undefined)).status,
        ).toBe(404);
    }
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? { key: 'x' } : undefined;
      expect(
        (await stranger.call(method, `/api/admin/content-sets/${contentSetId}/contents`, body)).status,
      ).toBe(404);
    }
    const other = new FeelbackCaller(app, await feelbackKey(app, await app.seed.account(), 'owner'));
    for (const call of ['get', 'archive', 'getStats'])
      expect((await other.call(`contents/${call}`, id)).status).toBe(404);
  });
});
