import { AdminClient } from '#test/support/admin.js';
import { type FeelbackCaller, seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { FeelbackPage, type Receipt } from '#test/support/feelback-page.js';
import { testApp } from '#test/support/test-app.js';

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
  let page: FeelbackPage;

  beforeAll(async () => {
    world = await seedFeelback(app);
    ({ anybody } = world);
    page = await FeelbackPage.make(world);
  });

  afterEach(() => app.clock.reset());

  describe('of its holder', () => {
    it('is changed with its token, which is used up, and counts where it was given', async () => {
      const content = page.target('yes-no');
      const first = await page.give({ ...content, value: 'y' });
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
      expect(await page.counts(content)).toEqual([0, 1]);
      expect((await edit(first.revokable!.token, 'y')).status).toBe(403);
      expect((await edit(second.revokable!.token, 'maybe')).status).toBe(400);
      expect((await edit(second.revokable!.token, 'y')).status).toBe(200);
      expect(await page.counts(content)).toEqual([1, 0]);
    });

    it('is taken back with null for an answer, and is gone from every count', async () => {
      const content = page.target('pulse');
      const { feelbackId, revokable } = await page.give({ ...content, value: '+' });
      const remove = () => anybody.call('feelbacks/remove', { feelbackId, revokeToken: revokable!.token });
      const removed = await remove();
      expect([removed.status, removed.headers.get('content-length'), await removed.text()]).toEqual([
        200,
        '4',
        'null',
      ]);
      expect(await page.counts(content)).toEqual([0]);
      expect((await remove()).status).toBe(404);
      const edit = { feelbackId, revokeToken: revokable!.token, value: '+' };
      expect((await anybody.call('feelbacks/edit', edit)).status).toBe(404);
      expect(await world.viewer.result('feelbacks/get', feelbackId)).toMatchObject({ state: 'revoked' });
    });

    it('cannot be touched with a wrong token, one of another, or one that has expired', async () => {
      const one = await page.give({ ...page.target('pulse'), value: '+' });
      const other = await page.give({ ...page.target('pulse'), value: '+' });
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
      const silent = await page.give({ ...page.target('pulse'), value: '+', revokable: false });
      expect(Object.keys(silent)).toEqual(['feelbackId']);
      const { feelbackId } = silent;
      expect((await anybody.call('feelbacks/remove', { feelbackId, revokeToken: 'x' })).status).toBe(403);
      const contentSetId = await world.set('pulse');
      const admin = await AdminClient.signIn(app, world.account.owner);
      const window = (revokeWindowSeconds: number) =>
        admin.json('PATCH', `/api/admin/content-sets/${contentSetId}`, { revokeWindowSeconds });
      await window(0);
      expect(Object.keys(await page.give({ contentSetId, key: 'k', value: '+' }))).toEqual(['feelbackId']);
      await window(60);
      const { revokable } = await page.give({ contentSetId, key: 'k', value: '+' });
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
            ...page.target('message'),
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
        contentSetId: page.set('message'),
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
      const { feelbackId } = await page.give({ ...page.target('pulse'), value: '+', ...given });
      const seen = await world.viewer.result<Feelback>('feelbacks/get', feelbackId);
      expect([seen.context, seen.profiling?.['userId']]).toEqual([context, userId]);
    });

    it.each(['', ';;;=', '*', 'x'.repeat(5_000), '\u00ff\u00fe'])(
      'is not troubled by odd headers: %.20j',
      async (header) => {
        const response = await app.fetch('/v0/feelbacks/create', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'User-Agent': header, 'Accept-Language': header },
          body: JSON.stringify([{ ...page.target('pulse'), value: '+' }]),
        });
        expect(response.status).toBe(200);
      },
    );

    it('lists pages of a set or a content, newest first, active ones unless told otherwise', async () => {
      const contentSetId = await world.set('rating');
      const receipts: Receipt[] = [];
      for (const value of [1, 2, 3, 4])
        receipts.unshift(await page.give({ contentSetId, key: value < 4 ? 'a' : 'b', value }));
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
      expect(await list({ contentId, contentSetId: page.set('pulse') })).toEqual([[], 0]);
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
