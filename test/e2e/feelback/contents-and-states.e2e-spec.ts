import { AdminClient } from '#test/support/admin.js';
import {
  type Entity,
  type FeelbackCaller,
  type List,
  seedFeelback,
  type SeededFeelback,
} from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

const UNKNOWN = ['0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10', 'x', '', '1; drop table content', 'é'.repeat(300)];

describe('the feelback API', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let owner: FeelbackCaller;
  let viewer: FeelbackCaller;

  beforeAll(async () => {
    world = await seedFeelback(app);
    ({ owner, viewer } = world);
  });

  describe('/contents', () => {
    it('creates, saves and archives, under a key that is compared as it is', async () => {
      const contentSetId = await world.set('pulse');
      const metadata = { title: 'Hello', description: 'First', url: 'https://blog.test/' };
      const content = await owner.result<Entity>('contents/create', { contentSetId, key: 'Key', metadata });
      expect(content).toEqual({
        id: expect.any(String),
        key: 'Key',
        accountId: world.account.id,
        projectId: world.projectId,
        contentSetId,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        state: 'active',
        metadata,
      });
      expect(await viewer.result('contents/get', content.id)).toEqual(content);
      for (const key of ['key', 'Key ', 'Ke\u0301y', 'x'.repeat(1024), '😀'.repeat(1024)])
        await owner.result('contents/create', { contentSetId, key });
      for (const [key, there] of [
        [{ contentSetId, key: 'Key' }, true],
        [{ contentSetId, key: 'KEY' }, false],
        [content.id, true],
        [contentSetId, false],
      ] as const) {
        expect([key, await viewer.result('contents/exists', key)]).toEqual([key, there]);
      }
      const saved = await owner.result<Entity>('contents/save', content.id, { title: null, key: 'New' });
      expect(saved).toMatchObject({
        key: 'New',
        metadata: { description: 'First', url: 'https://blog.test/' },
      });
      expect(saved.metadata).not.toHaveProperty('title');
      expect(await owner.failure('contents/save', content.id, { key: 'key' })).toMatchObject([
        409,
        { error: 'conflict' },
      ]);
      expect(await owner.failure('contents/create', { contentSetId, key: 'New' })).toMatchObject([
        409,
        { error: 'conflict' },
      ]);
      expect(await owner.result('contents/archive', content.id)).toMatchObject({ state: 'archived' });
      expect(await owner.result('contents/archive', content.id)).toMatchObject({ state: 'archived' });
    });

    it.each([
      [{ key: '' }],
      [{ key: 'x'.repeat(1025) }],
      [{ key: 1 }],
      [{ contentSetId: null }],
      [{ metadata: 'x' }],
      [{ metadata: { title: 1 } }],
      [{ metadata: { url: 'x'.repeat(2049) } }],
    ])('refuses %j', async (wrong) => {
      const contentSetId = await world.set('pulse');
      const [status, { error }] = await owner.failure('contents/create', {
        contentSetId,
        key: 'k',
        ...wrong,
      });
      expect([status, error]).toEqual([400, 'bad-request']);
    });

    it('lists and looks up by state, set and project', async () => {
      const contentSetId = await world.set('pulse');
      const ids: string[] = [];
      for (const [key, title] of [
        ['/a%b', 'Ape'],
        ['/b', 'Bear'],
        ['/c', 'Cat'],
      ] as const) {
        const content = { contentSetId, key, metadata: { title, url: `https://zoo.test${key}` } };
        ids.unshift((await owner.result<Entity>('contents/create', content)).id);
      }
      await owner.result('contents/archive', ids[0]);
      const list = async (query: object) => {
        const { items, count } = await viewer.result<List>('contents/list', query);
        return [items.map(({ id }) => id), count];
      };
      expect(await list({ contentSetId })).toEqual([ids.slice(1), 2]);
      expect(await list({ contentSetId, state: 'all', $size: 2 })).toEqual([ids.slice(0, 2), 3]);
      expect(await list({ contentSetId, state: 'archived', projectId: world.projectId })).toEqual([
        [ids[0]],
        1,
      ]);
      expect(await list({ contentSetId, projectId: '999' })).toEqual([[], 0]);
      expect(await list({ contentSetId: 'x' })).toEqual([[], 0]);
      const lookup = async (text: string, filters: object = {}) =>
        (await viewer.result<Entity[]>('contents/lookup', text, { contentSetId, ...filters })).map(
          ({ id }) => id,
        );
      expect(await lookup('EAR')).toEqual([ids[1]]);
      expect(await lookup('a%')).toEqual([ids[2]]);
      expect(await lookup('zoo.test')).toEqual(ids.slice(1));
      expect(await lookup(ids[2]!)).toEqual([ids[2]]);
      expect(await lookup('', { state: 'all' })).toEqual(ids);
      expect(await viewer.result('contents/lookup', 'bear', { contentSetId })).toEqual([
        {
          projectId: world.projectId,
          key: '/b',
          metadata: { title: 'Bear', url: 'https://zoo.test/b' },
          contentSetId,
          id: ids[1],
        },
      ]);
    });
  });

  it.each([
    ['projects', ['get', 'archive', 'getStats'], ['save']],
    ['sets', ['get', 'archive', 'getStats'], ['save']],
    ['contents', ['get', 'archive', 'getStats'], ['save']],
    ['feelbacks', ['get'], []],
  ])('/%s answers 404 for an id that is unknown or no id', async (group, plain, saving) => {
    for (const id of UNKNOWN) {
      for (const call of [...plain, ...saving]) {
        const [status, { error }] = await owner.failure(`${group}/${call}`, id, {});
        expect([call, id, status, error]).toEqual([call, id, 404, 'not-found']);
      }
    }
  });

  it('takes no new contents and feelbacks where something is archived, and still reads', async () => {
    const { id: projectId } = await owner.result<Entity>('projects/create', { name: 'Closing' });
    const set = async (key: string) =>
      (
        await owner.result<Entity>('sets/create', {
          projectId,
          key,
          schema: 'pulse',
          metadata: { name: key, publicAggregates: true },
        })
      ).id;
    const [open, closed] = [await set('open'), await set('closed')];
    const vote = (contentSetId: string) =>
      world.anybody.failure('feelbacks/create', { contentSetId, key: 'k', value: '+' });
    await vote(open);
    await vote(closed);
    await owner.result('sets/archive', closed);
    expect(await vote(closed)).toMatchObject([422, { error: 'not-allowed' }]);
    expect(await owner.failure('contents/create', { contentSetId: closed, key: 'x' })).toMatchObject([
      422,
      { error: 'not-allowed' },
    ]);
    await owner.result('projects/archive', projectId);
    expect(await vote(open)).toMatchObject([422, { error: 'not-allowed' }]);
    expect(
      await owner.failure('sets/create', { projectId, key: 'x', schema: 'pulse', metadata: { name: 'x' } }),
    ).toMatchObject([422, { error: 'not-allowed' }]);
    for (const contentSetId of [open, closed]) {
      expect(await world.anybody.result('feelbacks/getAggregates', { contentSetId, key: 'k' })).toEqual([1]);
      expect(await viewer.result('sets/getStats', contentSetId)).toMatchObject({ count: 1 });
    }
  });

  it('is paused, archived and opened again by the management API', async () => {
    const contentSetId = await world.set('pulse');
    const content = await owner.result<Entity>('contents/create', { contentSetId, key: 'k' });
    const admin = await AdminClient.signIn(app, world.account.owner);
    const vote = async () =>
      (await world.anybody.call('feelbacks/create', { contentId: content.id, value: '+' })).status;
    const set = `/api/admin/content-sets/${contentSetId}`;
    for (const path of [set, `/api/admin/contents/${content.id}`]) {
      for (const [state, status] of [
        ['inactive', 422],
        ['active', 200],
        ['archived', 422],
        ['active', 200],
      ] as const) {
        expect(await admin.json('PATCH', path, { state })).toMatchObject({ state });
        expect([path, state, await vote()]).toEqual([path, state, status]);
      }
    }
    await admin.json('PATCH', set, { state: 'inactive' });
    expect(await viewer.result<List>('sets/list', { state: 'inactive' })).toMatchObject({ count: 1 });
  });
});
