import type { ErrorCode } from '#libs/platform/errors/domain-error.js';
import { feelbackDomain } from '#test/support/feelback-domain.js';
import { until } from '#test/support/until.js';

const DAY = 86_400_000;

describe('feelbacks', () => {
  const domain = feelbackDomain();
  const refused = (code: ErrorCode) => expect.objectContaining({ code });
  const me = () => domain.account.system;
  const counts = (target: { contentSetId: string; key: string } | { contentId: string }) =>
    domain.statistics.counts(undefined, target, 'lifetime');

  it('count for their content, their set and their project, and tell so in every period', async () => {
    const project = await domain.seed.project(domain.account);
    const set = await domain.set({ projectId: project.id, schema: 'yes-no' });
    const target = { contentSetId: set.id, key: '/a' };
    expect(await counts(target)).toEqual([0, 0]);
    for (const value of ['y', 'n', 'y', '+1'])
      await domain.feelbacks.create({ dialect: 'feelback', target, value });
    await domain.feelbacks.create({
      dialect: 'feelback',
      target: { contentSetId: set.id, key: '/b' },
      value: '-1',
    });
    expect(await counts(target)).toEqual([3, 1]);
    const [content] = await domain.contents.lookup(me(), '/a', { contentSetId: set.id });
    expect(await counts({ contentId: content!.id.toUpperCase() })).toEqual([3, 1]);
    for (const period of [
      'day',
      'week',
      'month',
      'year',
      'lifetime',
      'rolling7d',
      'rolling28d',
      'rolling12m',
    ] as const) {
      const ofContent = await domain.statistics.ofContent(me(), content!.id, { period });
      expect(ofContent).toMatchObject({
        entity: 'content',
        entityId: content!.id,
        contentSetId: set.id,
        period,
      });
      expect(ofContent.aggregation.total).toEqual({ count: 4, counts: [3, 1], sentiment: 0.5 });
      expect(ofContent.aggregation.points.reduce((total, { count }) => total + count, 0)).toBe(4);
      const ofSet = await domain.statistics.ofSet(me(), set.id, { period });
      expect(ofSet.aggregation.total.counts).toEqual([3, 2]);
      const ofProject = await domain.statistics.ofProject(me(), project.id, { period });
      expect(ofProject.aggregation).toMatchObject({ schema: 'pulse', total: { count: 5 } });
      expect(await domain.statistics.counts(undefined, target, period)).toEqual([3, 1]);
    }
    const before = await domain.statistics.ofSet(me(), set.id, { period: 'month', shift: -1 });
    expect(before.aggregation.total).toEqual({ count: 0, counts: [0, 0], sentiment: 0 });
  });

  it('move their count within the day they were given on, however late they are edited', async () => {
    const set = await domain.set({ schema: 'rating', revokeWindowSeconds: 365 * 86_400 });
    const target = { contentSetId: set.id, key: 'k' };
    const given = new Date();
    const { id, revocation } = await domain.feelbacks.create({ dialect: 'feelback', target, value: 1 });
    await domain.feelbacks.create({ dialect: 'feelback', target, value: '5' });
    domain.clock.advance(100 * DAY);
    const edited = await domain.feelbacks.edit(id, revocation!.token, 4);
    expect(edited).toMatchObject({
      id,
      revocation: { token: expect.not.stringContaining(revocation!.token) },
    });
    expect(edited.revocation!.expiresAt.getTime()).toBeGreaterThan(given.getTime() + 400 * DAY);
    const day = await domain.statistics.ofSet(me(), set.id, { period: 'day', reference: given });
    expect(day.aggregation.total).toEqual({ count: 2, average: 4.5 });
    const now = await domain.statistics.ofSet(me(), set.id, { period: 'rolling28d' });
    expect(now.aggregation.total).toEqual({ count: 0, average: 0 });
    await expect(domain.feelbacks.edit(id, revocation!.token, 2)).rejects.toEqual(refused('forbidden'));
    await domain.feelbacks.remove(id, edited.revocation!.token);
    expect(await counts(target)).toEqual([1, 5]);
    for (const again of [
      () => domain.feelbacks.remove(id, edited.revocation!.token),
      () => domain.feelbacks.edit(id, edited.revocation!.token, 1),
    ])
      await expect(again()).rejects.toEqual(refused('not_found'));
    expect(await domain.feelbacks.get(me(), id)).toMatchObject({
      value: 4,
      revokedAt: expect.any(Date),
      revokeDigest: null,
    });
  });

  it('are let go of by a token that is right, in time and asked for', async () => {
    const set = await domain.set({ revokeWindowSeconds: 60 });
    const target = { contentSetId: set.id, key: 'k' };
    const { id, revocation } = await domain.feelbacks.create({ dialect: 'feelback', target, value: '+' });
    const { token, expiresAt } = revocation!;
    expect(expiresAt.getTime() - domain.clock.now().getTime()).toBeGreaterThan(58_000);
    await expect(domain.feelbacks.remove(id, `${token}x`)).rejects.toEqual(refused('forbidden'));
    domain.clock.advance(60_000);
    await expect(domain.feelbacks.remove(id, token)).rejects.toEqual(refused('forbidden'));
    const plain = await domain.feelbacks.create({
      dialect: 'feelback',
      target,
      value: '+',
      revocable: false,
    });
    expect(plain).toEqual({ id: plain.id });
    await expect(domain.feelbacks.remove(plain.id, '')).rejects.toEqual(refused('forbidden'));
    const never = await domain.set({ revokeWindowSeconds: 0 });
    expect(
      await domain.feelbacks.create({
        dialect: 'feelback',
        target: { contentSetId: never.id, key: 'k' },
        value: '+',
      }),
    ).not.toHaveProperty('revocation');
    expect(JSON.stringify(await domain.query('select * from feelback'))).not.toContain(token);
  });

  it('come to what is there and open, on every process within two seconds', async () => {
    const project = await domain.seed.project(domain.account);
    const set = await domain.set({ projectId: project.id });
    const content = await domain.contents.create(me(), { contentSetId: set.id, key: 'k' });
    const give = async () => {
      const codes = await Promise.all(
        [domain, domain.other].flatMap(({ feelbacks }) =>
          [{ contentSetId: set.id, key: 'k' }, { contentId: content.id }].map((target) =>
            feelbacks.create({ dialect: 'feelback', target, value: '+' }).then(
              () => 'ok',
              ({ code }: { code: string }) => code,
            ),
          ),
        ),
      );
      return codes.join();
    };
    const all = (word: string) => until(async () => (await give()) === Array(4).fill(word).join());
    await all('ok');
    for (const state of ['inactive', 'archived'] as const) {
      await domain.contents.setState(me(), content.id, state);
      await all('unprocessable');
      await domain.contents.setState(me(), content.id, 'active');
      await all('ok');
      await domain.sets.setState(me(), set.id, state);
      await all('unprocessable');
      await domain.sets.setState(me(), set.id, 'active');
      await all('ok');
    }
    await domain.contents.update(me(), content.id, { key: 'other' });
    await until(async () => (await counts({ contentSetId: set.id, key: 'k' }))[0] === 0);
    await domain.projects.update(me(), project.id, { archived: true });
    await all('unprocessable');
    expect((await counts({ contentId: content.id }))[0]).toBeGreaterThan(0);
    await expect(domain.contents.create(me(), { contentSetId: set.id, key: 'new' })).rejects.toEqual(
      refused('unprocessable'),
    );
    await expect(domain.set({ projectId: project.id })).rejects.toEqual(refused('unprocessable'));
  });

  it('make no content where the set forbids it, is full, or the value is wrong', async () => {
    const closed = await domain.set({ autoContent: false });
    await expect(
      domain.feelbacks.create({
        dialect: 'feelback',
        target: { contentSetId: closed.id, key: 'k' },
        value: '+',
      }),
    ).rejects.toEqual(refused('not_found'));
    const small = await domain.set({ maxContents: 3 });
    const give = (key: string, value = '+') =>
      domain.feelbacks.create({ dialect: 'feelback', target: { contentSetId: small.id, key }, value });
    await expect(give('a', 'wrong')).rejects.toEqual(refused('invalid'));
    await expect(give('')).rejects.toEqual(refused('invalid'));
    await expect(give('x'.repeat(1025))).rejects.toEqual(refused('invalid'));
    await give('🚀'.repeat(1024));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? domain.other : domain).feelbacks.create({
          dialect: 'feelback',
          target: { contentSetId: small.id, key: `k${n}` },
          value: '+',
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await expect(give('one more')).rejects.toEqual(refused('unprocessable'));
    await expect(domain.contents.create(me(), { contentSetId: small.id, key: 'one more' })).rejects.toEqual(
      refused('unprocessable'),
    );
    expect(
      (await domain.contents.list(me(), { contentSetId: small.id }, { page: 1, limit: 100 })).total,
    ).toBe(3);
    expect(
      (await domain.contents.list(me(), { contentSetId: closed.id }, { page: 1, limit: 100 })).total,
    ).toBe(0);
  });

  it('of a set without items are counted in the order in which values came up, 64 at the most', async () => {
    const set = await domain.set({ schema: 'tagged-message' });
    const target = { contentSetId: set.id, key: 'k' };
    const give = (tag: string) => domain.feelbacks.create({ dialect: 'feelback', target, value: { tag } });
    for (const tag of ['z', 'a', 'z']) await give(tag);
    expect(await counts(target)).toEqual([2, 1]);
    await Promise.allSettled(Array.from({ length: 80 }, (_, n) => give(`tag ${n % 70}`)));
    const { discovered } = await domain.sets.get(me(), set.id);
    expect(discovered.slice(0, 2)).toEqual(['z', 'a']);
    expect(new Set(discovered).size).toBe(64);
    await expect(give('65th')).rejects.toEqual(refused('invalid'));
    await expect(
      domain.feelbacks.create({
        dialect: 'feelback',
        target: { contentSetId: set.id, key: 'new' },
        value: { tag: '65th' },
      }),
    ).rejects.toEqual(refused('invalid'));
    expect((await domain.contents.list(me(), { contentSetId: set.id }, { page: 1, limit: 1 })).total).toBe(1);
  });
});
