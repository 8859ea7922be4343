import { AdminClient } from '#test/support/admin.js';
import { FeelbackCaller, feelbackKey, seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

interface Entity {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly state: string;
  readonly updatedAt: string;
  readonly metadata: Record<string, unknown>;
}

interface List {
  readonly items: Entity[];
  readonly count: number;
}

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

  describe('/projects', () => {
    it('creates, changes and archives; the description comes out in the metadata', async () => {
      const project = await owner.result<Entity>('projects/create', { name: 'Blog', description: 'Ours' });
      expect(project).toEqual({
        id: expect.stringMatching(/^\d+$/),
        name: 'Blog',
        accountId: world.account.id,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updatedAt: project.updatedAt,
        state: 'active',
        metadata: { description: 'Ours' },
      });
      const saved = await owner.result<Entity>('projects/save', project.id, { name: 'Journal' });
      expect(saved).toEqual({ ...project, name: 'Journal', updatedAt: saved.updatedAt });
      expect(saved.updatedAt > project.updatedAt).toBe(true);
      const bare = await owner.result<Entity>('projects/save', project.id, { description: null });
      expect(bare.metadata).toEqual({});
      const archived = await owner.result<Entity>('projects/archive', project.id);
      expect(archived).toMatchObject({ name: 'Journal', state: 'archived' });
      expect((await owner.call('projects/archive', project.id)).status).toBe(200);
      expect(await viewer.result('projects/get', project.id)).toMatchObject({ state: 'archived' });
    });

    it('lists pages, newest first, active ones unless told otherwise', async () => {
      const other = await seedFeelback(app);
      const ids: string[] = [];
      for (const name of ['A', 'B', 'C', 'D']) {
        ids.unshift((await other.owner.result<Entity>('projects/create', { name })).id);
      }
      await other.owner.result('projects/archive', ids[0]);
      const list = async (query?: object) => {
        const { items, count } = await other.viewer.result<List>('projects/list', query);
        return [items.map(({ id }) => id), count];
      };
      expect(await list()).toEqual([[...ids.slice(1), other.projectId], 4]);
      expect(await list({ $size: 2 })).toEqual([ids.slice(1, 3), 4]);
      expect(await list({ $size: 2, $page: 2 })).toEqual([[ids[3], other.projectId], 4]);
      expect(await list({ $size: 2, $page: 0 })).toEqual([ids.slice(1, 3), 4]);
      expect(await list({ $size: 2, $page: 3 })).toEqual([[], 4]);
      expect(await list({ $size: 1000, state: 'all' })).toEqual([[...ids, other.projectId], 5]);
      expect(await list({ state: 'archived' })).toEqual([[ids[0]], 1]);
    });

    it('looks up by a part of the name in any case, or by the id', async () => {
      const { id } = await owner.result<Entity>('projects/create', { name: '100 %_Sure' });
      const found = async (...args: unknown[]) =>
        (await viewer.result<Entity[]>('projects/lookup', ...args)).map((entry) => entry.id);
      expect(await viewer.result('projects/lookup', '%_s')).toEqual([
        { id, name: '100 %_Sure', metadata: {} },
      ]);
      expect(await found(id)).toContain(id);
      expect(await found('_%')).toEqual([]);
      expect((await found('')).length).toBeGreaterThan(1);
      await owner.result('projects/archive', id);
      expect(await found('%_s')).toEqual([]);
      expect(await found('%_s', { state: 'archived' })).toEqual([id]);
    });

    it('refuses a name twice, and bounds', async () => {
      await owner.result('projects/create', { name: 'Twice' });
      expect(await owner.failure('projects/create', { name: 'Twice' })).toMatchObject([
        409,
        { error: 'conflict' },
      ]);
      for (const data of [
        {},
        { name: '' },
        { name: 'x'.repeat(51) },
        { name: 1 },
        { name: 'y', description: 'x'.repeat(256) },
      ]) {
        const [status, { error }] = await owner.failure('projects/create', data);
        expect([data, status, error]).toEqual([data, 400, 'bad-request']);
      }
      expect(
        (await owner.call('projects/create', { name: 'é'.repeat(50), description: 'x'.repeat(255) })).status,
      ).toBe(200);
    });
  });

  describe('/sets', () => {
    const data = () => ({ projectId: world.projectId, schema: 'pulse', metadata: { name: 'Articles' } });

    it('creates with the name in the metadata, and shows it outside', async () => {
      const set = await owner.result<Entity>('sets/create', {
        ...data(),
        key: 'shown',
        schema: 'reaction',
        schemaConfig: { items: ['heart', { value: 'boo', sentiment: -1, intensity: 0.5 }] },
        metadata: {
          name: 'Shown',
          description: 'All',
          disallowAutoContentCreation: true,
          publicAggregates: true,
        },
      });
      expect(set).toEqual({
        id: expect.any(String),
        name: 'Shown',
        key: 'shown',
        accountId: world.account.id,
        projectId: world.projectId,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        state: 'active',
        schema: 'reaction',
        schemaConfig: { items: [{ value: 'heart' }, { value: 'boo', sentiment: -1, intensity: 0.5 }] },
        metadata: { description: 'All', disallowAutoContentCreation: true, publicAggregates: true },
      });
      expect(await viewer.result('sets/get', set.id)).toEqual(set);
      expect(await viewer.result('sets/get', set.id.toUpperCase())).toEqual(set);
    });

    it.each([
      ['pulse', undefined],
      ['pulse', null],
      ['yes-no', {}],
      ['reaction', { items: ['a'] }],
      ['reaction', { tags: [{ value: 'a' }] }],
      ['reaction', undefined],
      ['rating', { min: 0, max: 10 }],
      ['message', { maxLength: 10 }],
      ['tagged-message', { tags: ['a', 'b'] }],
    ])('takes the schema %s with %j', async (schema, schemaConfig) => {
      const key = `s-${schema}-${JSON.stringify([schemaConfig]).length}-${typeof schemaConfig}`.slice(0, 30);
      const set = await owner.result<Entity>('sets/create', { ...data(), key, schema, schemaConfig });
      expect(set).toMatchObject({ schema, state: 'active' });
    });

    it.each([
      [{ schema: 'stars' }],
      [{ schema: null }],
      [{ key: '' }],
      [{ key: 'x'.repeat(31) }],
      [{ projectId: 1 }],
      [{ metadata: null }],
      [{ metadata: {} }],
      [{ metadata: { name: '' } }],
      [{ metadata: { name: 'x', publicAggregates: 'yes' } }],
      [{ metadata: 'x' }],
      [{ metadata: [] }],
      [{ schemaConfig: 'x' }],
      [{ schema: 'reaction', schemaConfig: { items: 'x' } }],
      [{ schema: 'reaction', schemaConfig: { items: [1] } }],
      [{ schema: 'reaction', schemaConfig: { items: ['a', 'a'] } }],
      [{ schema: 'reaction', schemaConfig: { items: Array.from({ length: 65 }, (_, n) => `i${n}`) } }],
      [{ schema: 'reaction', schemaConfig: { items: [{ value: 'a', sentiment: 2 }] } }],
      [{ schema: 'rating', schemaConfig: { min: 5, max: 1 } }],
    ])('refuses %j and makes nothing', async (wrong) => {
      const before = await viewer.result<List>('sets/list', { state: 'all' });
      const [status, body] = await owner.failure('sets/create', { ...data(), key: 'wrong', ...wrong });
      expect([status, body.error, body.data!.violations.length]).toEqual([400, 'bad-request', 1]);
      expect((await viewer.result<List>('sets/list', { state: 'all' })).count).toBe(before.count);
    });

    it('keeps keys apart within a project, and not-found apart from that', async () => {
      await owner.result('sets/create', { ...data(), key: 'mine' });
      expect(await owner.failure('sets/create', { ...data(), key: 'mine' })).toMatchObject([
        409,
        { error: 'conflict' },
      ]);
      const other = await owner.result<Entity>('projects/create', { name: 'Another' });
      await owner.result('sets/create', { ...data(), projectId: other.id, key: 'mine' });
      expect(
        await owner.failure('sets/create', { ...data(), projectId: '999999', key: 'mine' }),
      ).toMatchObject([404, { error: 'not-found' }]);
      const second = await owner.result<Entity>('sets/create', { ...data(), key: 'yours' });
      expect(await owner.failure('sets/save', second.id, { key: 'mine' })).toMatchObject([
        409,
        { error: 'conflict' },
      ]);
      for (const [key, there] of [
        [second.id, true],
        [{ projectId: world.projectId, key: 'yours' }, true],
        [{ projectId: world.projectId, key: 'Yours' }, false],
        [{ projectId: 'x', key: 'yours' }, false],
        ['yours', false],
      ] as const) {
        expect([key, await viewer.result('sets/exists', key)]).toEqual([key, there]);
      }
    });

    it('saves what is named and leaves the rest; schema and configuration are fixed', async () => {
      const set = await owner.result<Entity>('sets/create', { ...data(), key: 'saved' });
      const saved = await owner.result<Entity>('sets/save', set.id, {
        name: 'Renamed',
        publicAggregates: true,
        schema: 'rating',
        schemaConfig: { max: 3 },
        state: 'inactive',
      });
      expect(saved).toEqual({
        ...set,
        name: 'Renamed',
        metadata: { ...set.metadata, publicAggregates: true },
        updatedAt: saved.updatedAt,
      });
    });

    it('lists and looks up by state, project and schema', async () => {
      const { id: projectId } = await owner.result<Entity>('projects/create', { name: 'Listed' });
      const make = async (key: string, schema: string) =>
        (await owner.result<Entity>('sets/create', { ...data(), projectId, key, schema })).id;
      const [pulse, rating, message] = [
        await make('one_a', 'pulse'),
        await make('two_a', 'rating'),
        await make('three', 'message'),
      ];
      await owner.result('sets/archive', message);
      const list = async (query: object) => {
        const { items, count } = await viewer.result<List>('sets/list', { projectId, ...query });
        return [items.map(({ id }) => id), count];
      };
      expect(await list({})).toEqual([[rating, pulse], 2]);
      expect(await list({ state: 'all' })).toEqual([[message, rating, pulse], 3]);
      expect(await list({ state: 'archived' })).toEqual([[message], 1]);
      expect(await list({ state: 'inactive' })).toEqual([[], 0]);
      expect(await list({ schema: 'rating' })).toEqual([[rating], 1]);
      expect(await list({ schema: ['rating', 'pulse', 'none'] })).toEqual([[rating, pulse], 2]);
      expect(await list({ $size: 1, $page: 2 })).toEqual([[pulse], 2]);
      const lookup = async (text: string, filters: object = {}) =>
        (await viewer.result<Entity[]>('sets/lookup', text, { projectId, ...filters })).map(({ id }) => id);
      expect(await lookup('_A')).toEqual([rating, pulse]);
      expect(await lookup('ARTIC')).toEqual([rating, pulse]);
      expect(await lookup(pulse)).toEqual([pulse]);
      expect(await lookup('%')).toEqual([]);
      expect(await lookup('', { state: 'all', schema: 'message' })).toEqual([message]);
      const [entry] = await viewer.result<object[]>('sets/lookup', 'one_a');
      expect(entry).toEqual({
        id: pulse,
        projectId,
        name: 'Articles',
        key: 'one_a',
        schema: 'pulse',
        metadata: { disallowAutoContentCreation: false, publicAggregates: false },
      });
    });
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

  it('knows no entity of another account, by the management API either', async () => {
    const contentSetId = await world.set('pulse');
    const { id } = await owner.result<Entity>('contents/create', { contentSetId, key: 'k' });
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
