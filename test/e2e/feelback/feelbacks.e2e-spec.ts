import { AdminClient } from '#test/support/admin.js';
import {
  type ApiError,
  FeelbackCaller,
  feelbackKey,
  seedFeelback,
  type SeededFeelback,
} from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

interface Receipt {
  readonly feelbackId: string;
  readonly revokable?: { readonly token: string; readonly expireAt: string };
}

interface Feelback {
  readonly id: string;
  readonly value: unknown;
  readonly context?: Record<string, unknown>;
  readonly profiling?: Record<string, unknown>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UNKNOWN = '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';

describe('a feelback', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let anybody: FeelbackCaller;
  const sets: Record<string, string> = {};
  let key = 0;

  beforeAll(async () => {
    world = await seedFeelback(app);
    ({ anybody } = world);
    sets['pulse'] = await world.set('pulse');
    sets['yes-no'] = await world.set('yes-no');
    sets['reaction'] = await world.set('reaction', { items: ['+1', '-1', 'heart'] });
    sets['rating'] = await world.set('rating', {});
    sets['message'] = await world.set('message', { maxLength: 10 });
    sets['tagged-message'] = await world.set('tagged-message', { tags: ['idea', 'error', 'other'] });
    sets['open'] = await world.set('reaction', {});
  });

  afterEach(() => app.clock.reset());

  function target(schema: string) {
    return { contentSetId: sets[schema]!, key: `https://blog.test/?n=${++key}&a=b#top` };
  }

  function counts(content: unknown, ...period: unknown[]): Promise<number[]> {
    return anybody.result('feelbacks/getAggregates', content, ...period);
  }

  function give(params: object): Promise<Receipt> {
    return anybody.result('feelbacks/create', params);
  }

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
      const content = target(schema);
      await give({ ...content, value });
      expect(await counts(content)).toEqual(expected);
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
      const content = target(schema);
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
      for (const value of ['b', 'a', 'b']) await give({ ...content, value });
      expect(await counts(content)).toEqual([2, 1]);
      for (let n = 2; n < 64; n++) await give({ ...content, value: `v${n}` });
      expect(await anybody.failure('feelbacks/create', { ...content, value: 'one too many' })).toMatchObject([
        400,
        { error: 'invalid_param' },
      ]);
      expect((await counts(content)).length).toBe(64);
    });
  });

  describe('by its target', () => {
    it('is given to a content by its id, too, and read by every form', async () => {
      const content = target('pulse');
      const { id } = await world.owner.result<{ id: string }>('contents/create', content);
      await give({ contentId: id, value: '+' });
      await give({ ...content, value: '+' });
      for (const form of [id, { contentId: id }, content]) expect(await counts(form)).toEqual([2]);
      for (const form of [id, { contentId: id }, content]) {
        const response = await anybody.get('feelbacks/getAggregates', form, 'month');
        expect([response.headers.get('cache-control'), await response.json()]).toEqual(['no-store', [2]]);
      }
    });

    it('makes one content of one key, however many come at once', async () => {
      const content = target('pulse');
      await Promise.all(Array.from({ length: 40 }, () => give({ ...content, value: '+', revokable: false })));
      expect(await counts(content)).toEqual([40]);
      expect((await world.viewer.result<object[]>('contents/lookup', content.key)).length).toBe(1);
    });

    it('makes no content where the set forbids it, nor by reading', async () => {
      const contentSetId = await world.set('pulse', undefined, { disallowAutoContentCreation: true });
      const content = { contentSetId, key: 'k' };
      expect(await counts(content)).toEqual([0]);
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
      await give({ contentSetId, key: 'a', value: '+' });
      expect(await anybody.failure('feelbacks/create', { contentSetId, key: 'b', value: '+' })).toMatchObject(
        [422, { error: 'not-allowed' }],
      );
      await give({ contentSetId, key: 'a', value: '+' });
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
      const receipt = await give({ ...content, value: '+' });
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
      expect(await stranger.result('feelbacks/getAggregates', target('pulse'))).toEqual([0]);
    });
  });

  describe('of its holder', () => {
    it('is changed with its token, which is used up, and counts where it was given', async () => {
      const content = target('yes-no');
      const first = await give({ ...content, value: 'y' });
      expect(first).toEqual({
        feelbackId: expect.any(String),
        revokable: { token: expect.any(String), expireAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) },
      });
      const left = new Date(first.revokable!.expireAt).getTime() - app.clock.now().getTime();
      expect(left > DAY - HOUR && left <= DAY).toBe(true);
      app.clock.advance(HOUR);
      const { feelbackId } = first;
      const edit = (revokeToken: unknown, value: unknown) =>
        anybody.call('feelbacks/edit', { feelbackId, revokeToken, value });
      const edited = await edit(first.revokable!.token, 'n');
      const second = (await edited.json()) as Receipt;
      expect(second.feelbackId).toBe(feelbackId);
      expect(second.revokable!.token).not.toBe(first.revokable!.token);
      expect(second.revokable!.expireAt > first.revokable!.expireAt).toBe(true);
      expect(await counts(content)).toEqual([0, 1]);
      expect((await edit(first.revokable!.token, 'y')).status).toBe(403);
      expect((await edit(second.revokable!.token, 'maybe')).status).toBe(400);
      expect((await edit(second.revokable!.token, 'y')).status).toBe(200);
      expect(await counts(content)).toEqual([1, 0]);
    });

    it('is taken back with null for an answer, and is gone from every count', async () => {
      const content = target('pulse');
      const { feelbackId, revokable } = await give({ ...content, value: '+' });
      const remove = () => anybody.call('feelbacks/remove', { feelbackId, revokeToken: revokable!.token });
      const removed = await remove();
      expect([removed.status, removed.headers.get('content-length'), await removed.text()]).toEqual([
        200,
        '4',
        'null',
      ]);
      expect(await counts(content)).toEqual([0]);
      expect((await remove()).status).toBe(404);
      const edit = { feelbackId, revokeToken: revokable!.token, value: '+' };
      expect((await anybody.call('feelbacks/edit', edit)).status).toBe(404);
      expect(await world.viewer.result('feelbacks/get', feelbackId)).toMatchObject({ state: 'revoked' });
    });

    it('cannot be touched with a wrong token, one of another, or one that has expired', async () => {
      const one = await give({ ...target('pulse'), value: '+' });
      const other = await give({ ...target('pulse'), value: '+' });
      const attempts = async (feelbackId: string, revokeToken: unknown) => [
        (await anybody.call('feelbacks/edit', { feelbackId, revokeToken, value: '+' })).status,
        (await anybody.call('feelbacks/remove', { feelbackId, revokeToken })).status,
      ];
      for (const token of ['x', '', other.revokable!.token, `${one.revokable!.token}x`, ' '])
        expect([token, await attempts(one.feelbackId, token)]).toEqual([token, [403, 403]]);
      for (const token of [1, null, undefined, {}, 'x'.repeat(201)])
        expect([token, await attempts(one.feelbackId, token)]).toEqual([token, [400, 400]]);
      for (const id of [UNKNOWN, 'x', ''])
        expect([id, await attempts(id, one.revokable!.token)]).toEqual([id, [404, 404]]);
      app.clock.advance(DAY);
      expect(await attempts(one.feelbackId, one.revokable!.token)).toEqual([403, 403]);
    });

    it('has no token when nobody wants one, or when the window of its set is closed', async () => {
      const silent = await give({ ...target('pulse'), value: '+', revokable: false });
      expect(Object.keys(silent)).toEqual(['feelbackId']);
      const { feelbackId } = silent;
      expect((await anybody.call('feelbacks/remove', { feelbackId, revokeToken: 'x' })).status).toBe(403);
      const contentSetId = await world.set('pulse');
      const admin = await AdminClient.signIn(app, world.account.owner);
      const window = (revokeWindowSeconds: number) =>
        admin.json('PATCH', `/api/admin/content-sets/${contentSetId}`, { revokeWindowSeconds });
      await window(0);
      expect(Object.keys(await give({ contentSetId, key: 'k', value: '+' }))).toEqual(['feelbackId']);
      await window(60);
      const { revokable } = await give({ contentSetId, key: 'k', value: '+' });
      expect(new Date(revokable!.expireAt).getTime() - app.clock.now().getTime()).toBeLessThanOrEqual(60_000);
    });
  });

  describe('of a reader', () => {
    it('shows what was said and what the request told, never more', async () => {
      const response = await app.fetch('/v0/feelbacks/create', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': PHONE,
          'Accept-Language': 'de-CH, fr;q=0.5',
          'X-Forwarded-For': '192.0.2.7',
        },
        body: JSON.stringify([
          {
            ...target('message'),
            value: '  Hello ',
            context: { $user: 'ada@example.com', page: 3, deep: { a: [1] } },
            profiling: { os: 'Plan 9', userId: 'mallory', country: 'XX' },
            state: 'revoked',
            createdAt: '2000-01-01T00:00:00Z',
          },
        ]),
      });
      const { feelbackId } = (await response.json()) as Receipt;
      expect(await world.viewer.result<Feelback>('feelbacks/get', feelbackId)).toEqual({
        id: feelbackId,
        accountId: world.account.id,
        contentSetId: sets['message'],
        contentItemId: expect.any(String),
        createdAt: expect.stringContaining(new Date().toISOString().slice(0, 10)),
        state: 'active',
        value: 'Hello',
        context: { $user: 'ada@example.com', page: 3, deep: { a: [1] } },
        profiling: {
          userId: 'ada@example.com',
          os: 'iOS',
          osVersion: '17.0',
          formFactor: 'mobile',
          device: 'iPhone',
          deviceBrand: 'Apple',
          browser: 'Safari',
          browserVersion: '17.0',
          language: 'de-CH',
        },
      });
      const told = JSON.stringify(await app.query('select * from event')) + JSON.stringify(app.log.entries);
      expect(told).not.toMatch(/ada@example|Hello|iPhone|chrt_/);
    });

    it.each([
      [{ metadata: { $user: 'bob', from: 'an old widget' } }, { $user: 'bob', from: 'an old widget' }, 'bob'],
      [{ context: { $user: 7 } }, { $user: 7 }, '7'],
      [{ context: { $user: { id: 1 } } }, { $user: { id: 1 } }, undefined],
      [{ context: {} }, {}, undefined],
      [{}, undefined, undefined],
      [{ context: null }, undefined, undefined],
    ])('has the context and the person of %j', async (given, context, userId) => {
      const { feelbackId } = await give({ ...target('pulse'), value: '+', ...given });
      const seen = await world.viewer.result<Feelback>('feelbacks/get', feelbackId);
      expect([seen.context, seen.profiling?.['userId']]).toEqual([context, userId]);
    });

    it.each(['', ';;;=', '*', 'x'.repeat(5_000), '\u00ff\u00fe'])(
      'is not troubled by odd headers: %.20j',
      async (header) => {
        const response = await app.fetch('/v0/feelbacks/create', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'User-Agent': header, 'Accept-Language': header },
          body: JSON.stringify([{ ...target('pulse'), value: '+' }]),
        });
        expect(response.status).toBe(200);
      },
    );

    it('lists pages of a set or a content, newest first, active ones unless told otherwise', async () => {
      const contentSetId = await world.set('rating');
      const receipts: Receipt[] = [];
      for (const value of [1, 2, 3, 4])
        receipts.unshift(await give({ contentSetId, key: value < 4 ? 'a' : 'b', value }));
      const ids = receipts.map(({ feelbackId }) => feelbackId);
      await anybody.result('feelbacks/remove', {
        feelbackId: ids[1],
        revokeToken: receipts[1]!.revokable!.token,
      });
      const [{ id: contentId }] = await world.viewer.result<[{ id: string }]>('contents/lookup', 'a', {
        contentSetId,
      });
      const list = async (query: object) => {
        const { items, count } = await world.viewer.result<{ items: Feelback[]; count: number }>(
          'feelbacks/list',
          query,
        );
        return [items.map(({ id }) => ids.indexOf(id)), count];
      };
      expect(await list({ contentSetId })).toEqual([[0, 2, 3], 3]);
      expect(await list({ contentSetId, state: 'all' })).toEqual([[0, 1, 2, 3], 4]);
      expect(await list({ contentSetId, state: 'revoked' })).toEqual([[1], 1]);
      expect(await list({ contentSetId, $size: 2, $page: 2 })).toEqual([[3], 3]);
      expect(await list({ contentId })).toEqual([[2, 3], 2]);
      expect(await list({ contentId, contentSetId: sets['pulse'] })).toEqual([[], 0]);
      expect(await list({ projectId: '999999' })).toEqual([[], 0]);
      expect(await list({ contentSetId: 'x' })).toEqual([[], 0]);
      expect((await world.viewer.call('feelbacks/list')).status).toBe(200);
      const [, { error }] = await anybody.failure('feelbacks/list', {});
      expect(error).toBe('unauthorized');
    });
  });
});

describe('where the operator keeps addresses', () => {
  const app = testApp({ KEEP_ADDRESSES: true, TRUST_PROXY: 'true' });

  it('a feelback has the address that it came from', async () => {
    const world = await seedFeelback(app);
    const contentSetId = await world.set('pulse');
    const response = await app.fetch('/v0/feelbacks/create', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '192.0.2.7' },
      body: JSON.stringify([{ contentSetId, key: 'k', value: '+' }]),
    });
    const { feelbackId } = (await response.json()) as Receipt;
    const { profiling } = await world.viewer.result<Feelback>('feelbacks/get', feelbackId);
    expect(profiling).toMatchObject({ address: '192.0.2.7' });
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
