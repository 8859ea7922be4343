import {
  type Entity,
  type FeelbackCaller,
  type List,
  seedFeelback,
  type SeededFeelback,
} from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

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
      [{ schema: 'stars' }, 'schema'],
      [{ schema: null }, 'schema'],
      [{ key: '' }, 'key'],
      [{ key: 'x'.repeat(31) }, 'key'],
      [{ projectId: 1 }, 'projectId'],
      [{ metadata: null }, 'metadata'],
      [{ metadata: {} }, 'metadata.name'],
      [{ metadata: { name: '' } }, 'metadata.name'],
      [{ metadata: { name: 'x', publicAggregates: 'yes' } }, 'metadata.publicAggregates'],
      [{ metadata: 'x' }, 'metadata'],
      [{ metadata: [] }, 'metadata'],
      [{ schemaConfig: 'x' }, 'schemaConfig'],
      [{ schema: 'reaction', schemaConfig: { items: 'x' } }, 'schemaConfig.items'],
      [{ schema: 'reaction', schemaConfig: { items: [1] } }, 'schemaConfig.items[0]'],
      [{ schema: 'reaction', schemaConfig: { items: ['a', 'a'] } }, 'schemaConfig.items'],
      [
        { schema: 'reaction', schemaConfig: { items: Array.from({ length: 65 }, (_, n) => `i${n}`) } },
        'schemaConfig.items',
      ],
      [
        { schema: 'reaction', schemaConfig: { items: [{ value: 'a', sentiment: 2 }] } },
        'schemaConfig.items[0].sentiment',
      ],
      [{ schema: 'rating', schemaConfig: { min: 5, max: 1 } }, 'schemaConfig.max'],
    ])('refuses %j, naming %s, and makes nothing', async (wrong, field) => {
      const before = await viewer.result<List>('sets/list', { state: 'all' });
      const [status, body] = await owner.failure('sets/create', { ...data(), key: 'wrong', ...wrong });
      expect([status, body.error, body.data!.violations.map((each) => each.field)]).toEqual([
        400,
        'bad-request',
        [field],
      ]);
      expect(body.message).not.toMatch(/\bconfig\b/);
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
});
