import {
  type ApiError,
  FeelbackCaller,
  feelbackKey,
  seedFeelback,
  type SeededFeelback,
} from '#test/support/feelback.js';
import { FeelbackPage } from '#test/support/feelback-page.js';
import { testApp } from '#test/support/test-app.js';

const UNKNOWN = '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10';

describe('a feelback', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let anybody: FeelbackCaller;
  let page: FeelbackPage;

  beforeAll(async () => {
    world = await seedFeelback(app);
    ({ anybody } = world);
    page = await FeelbackPage.make(world);
  });

  afterEach(() => app.clock.reset());

  describe('by its schema', () => {
    it.each([
      ['pulse', '+', [1]],
      ['yes-no', 'y', [1, 0]],
      ['yes-no', 'n', [0, 1]],
      ['yes-no', '+1', [1, 0]],
      ['yes-no', '-1', [0, 1]],
      ['reaction', '-1', [0, 1, 0]],
      ['reaction', 'heart', [0, 0, 1]],
      ['rating', 4, [1, 4]],
      ['rating', '3', [1, 3]],
      ['message', 'Hello', [1]],
      ['tagged-message', { tag: 'error' }, [0, 1, 0]],
      ['tagged-message', { tag: 'idea', message: 'Hi', more: 1 }, [1, 0, 0]],
    ])('%s takes %j and counts it in the order of the set', async (schema, value, expected) => {
      const content = page.target(schema);
      await page.give({ ...content, value });
      expect(await page.counts(content)).toEqual(expected);
    });

    it.each([
      ['pulse', '-'],
      ['pulse', 1],
      ['yes-no', 'yes'],
      ['yes-no', true],
      ['reaction', 'rocket'],
      ['reaction', ['heart']],
      ['reaction', '__proto__'],
      ['reaction', 'toString'],
      ['rating', 0],
      ['rating', 6],
      ['rating', 2.5],
      ['rating', '3.5'],
      ['rating', '0x3'],
      ['message', ''],
      ['message', '   '],
      ['message', 'x'.repeat(11)],
      ['message', { text: 'x' }],
      ['tagged-message', { tag: 'none' }],
      ['tagged-message', { message: 'x' }],
      ['tagged-message', { tag: 'idea', message: 5 }],
      ['tagged-message', 'idea'],
      ['open', ''],
      ['open', 'x'.repeat(65)],
      ['open', {}],
    ])('%s refuses %j as invalid_param, and makes no content', async (schema, value) => {
      const content = page.target(schema);
      const [status, body] = await anybody.failure('feelbacks/create', { ...content, value });
      expect([status, body]).toEqual([
        400,
        {
          error: 'invalid_param',
          message: 'Invalid feelback value',
          data: { violations: [{ field: 'value', message: expect.stringMatching(/.{10,}/) }] },
        },
      ]);
      expect(await world.viewer.result('contents/exists', content)).toBe(false);
    });

    it('a set without items counts in the order of first appearance, up to 64 values', async () => {
      const contentSetId = await world.set('reaction');
      const content = { contentSetId, key: 'k' };
      for (const value of ['b', 'a', 'b']) await page.give({ ...content, value });
      expect(await page.counts(content)).toEqual([2, 1]);
      for (let n = 2; n < 64; n++) await page.give({ ...content, value: `v${n}` });
      expect(await anybody.failure('feelbacks/create', { ...content, value: 'one too many' })).toMatchObject([
        400,
        { error: 'invalid_param' },
      ]);
      expect((await page.counts(content)).length).toBe(64);
    });
  });

  describe('by its target', () => {
    it('is given to a content by its id, too, and read by every form', async () => {
      const content = page.target('pulse');
      const { id } = await world.owner.result<{ id: string }>('contents/create', content);
      await page.give({ contentId: id, value: '+' });
      await page.give({ ...content, value: '+' });
      for (const form of [id, { contentId: id }, content]) expect(await page.counts(form)).toEqual([2]);
      for (const form of [id, { contentId: id }, content]) {
        const response = await anybody.get('feelbacks/getAggregates', form, 'month');
        expect([response.headers.get('cache-control'), await response.json()]).toEqual(['no-store', [2]]);
      }
    });

    it('makes one content of one key, however many come at once', async () => {
      const content = page.target('pulse');
      await Promise.all(
        Array.from({ length: 40 }, () => page.give({ ...content, value: '+', revokable: false })),
      );
      expect(await page.counts(content)).toEqual([40]);
      expect((await world.viewer.result<object[]>('contents/lookup', content.key)).length).toBe(1);
    });

    it('makes no content where the set forbids it, nor by reading', async () => {
      const contentSetId = await world.set('pulse', undefined, { disallowAutoContentCreation: true });
      const content = { contentSetId, key: 'k' };
      expect(await page.counts(content)).toEqual([0]);
      expect(await anybody.failure('feelbacks/create', { ...content, value: '+' })).toMatchObject([
        404,
        { error: 'not-found' },
      ]);
      expect(await world.viewer.result('contents/exists', content)).toBe(false);
    });

    it('is refused over the cap of a set, which the management API sets', async () => {
      const contentSetId = await world.set('pulse');
      await app.query('update content_set set max_contents = content_count + 1 where id = $1', [
        contentSetId,
      ]);
      await world.owner.result('sets/save', contentSetId, {});
      await page.give({ contentSetId, key: 'a', value: '+' });
      expect(await anybody.failure('feelbacks/create', { contentSetId, key: 'b', value: '+' })).toMatchObject(
        [422, { error: 'not-allowed' }],
      );
      await page.give({ contentSetId, key: 'a', value: '+' });
    });

    it.each([
      [{ value: '+' }, 400],
      [{ contentSetId: UNKNOWN, value: '+' }, 400],
      [{ key: 'k', value: '+' }, 400],
      [{ contentId: UNKNOWN, contentSetId: UNKNOWN, key: 'k', value: '+' }, 400],
      [{ contentId: UNKNOWN, key: 'k', value: '+' }, 400],
      [{ contentSetId: UNKNOWN, key: 1, value: '+' }, 400],
      [{ contentSetId: UNKNOWN, key: '', value: '+' }, 400],
      [{ contentSetId: UNKNOWN, key: 'k'.repeat(1025), value: '+' }, 400],
      [{ contentSetId: UNKNOWN, key: 'k' }, 400],
      [{ contentSetId: UNKNOWN, key: 'k', value: null }, 400],
      [{ contentSetId: UNKNOWN, key: 'k', value: '+', context: 'x' }, 400],
      [{ contentSetId: UNKNOWN, key: 'k', value: '+', context: [1] }, 400],
      [{ contentSetId: UNKNOWN, key: 'k', value: '+', revokable: 'yes' }, 400],
      [{ contentSetId: UNKNOWN, key: 'k', value: '+' }, 404],
      [{ contentSetId: 'no id', key: 'k', value: '+' }, 404],
      [{ contentId: UNKNOWN, value: '+' }, 404],
      [{ contentId: "'", value: '+' }, 404],
      ['x', 400],
      [[], 400],
      [7, 400],
    ])('%j is %i', async (params, status) => {
      const [got, { error }] = await anybody.failure('feelbacks/create', params);
      expect([got, error]).toEqual([status, status === 404 ? 'not-found' : 'bad-request']);
    });

    it.each([
      [[UNKNOWN], 404],
      [['x'], 404],
      [[{ contentId: 'x' }], 404],
      [[{ contentSetId: 'x', key: 'k' }], 404],
      [[{ contentSetId: UNKNOWN, key: 'k' }], 404],
      [[], 400],
      [[{}], 400],
      [[5], 400],
      [[{ contentSetId: UNKNOWN }], 400],
      [[UNKNOWN, 'decade'], 400],
      [[UNKNOWN, 5], 400],
    ])('the counts of %j are %i', async (args, status) => {
      expect((await anybody.failure('feelbacks/getAggregates', ...args))[0]).toBe(status);
    });

    it('is counted for those only who may know, where the set is not public', async () => {
      const contentSetId = await world.set('pulse', undefined, { publicAggregates: false });
      const content = { contentSetId, key: 'k' };
      const receipt = await page.give({ ...content, value: '+' });
      expect(receipt.revokable).toBeDefined();
      expect(await anybody.failure('feelbacks/getAggregates', content)).toMatchObject([
        403,
        { error: 'forbidden' },
      ]);
      for (const caller of [world.viewer, world.owner])
        expect(await caller.result('feelbacks/getAggregates', content)).toEqual([1]);
      const stranger = new FeelbackCaller(app, await feelbackKey(app, await app.seed.account(), 'owner'));
      expect(await stranger.failure('feelbacks/getAggregates', content)).toMatchObject([
        404,
        { error: 'not-found' },
      ]);
      expect(await stranger.result('feelbacks/getAggregates', page.target('pulse'))).toEqual([0]);
    });
  });
});

describe('anonymous feelbacks', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 3 });

  it('are limited by address; those who hold a key are not', async () => {
    const world = await seedFeelback(app);
    const contentSetId = await world.set('pulse');
    const content = { contentSetId, key: 'k' };
    for (let n = 0; n < 3; n++) await world.anybody.result('feelbacks/create', { ...content, value: '+' });
    const refused = await world.anybody.call('feelbacks/create', { ...content, value: '+' });
    expect([refused.status, ((await refused.json()) as ApiError).error]).toEqual([429, 'too-many-requests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    for (let n = 0; n < 5; n++)
      expect(await world.viewer.result('feelbacks/getAggregates', content)).toEqual([3]);
  });
});
