import type { ErrorCode } from '#libs/platform/errors/domain-error.js';
import { projectUuid } from '#libs/platform/ids/project-uuid.js';
import { feelbackDomain } from '#test/support/feelback-domain.js';
import { until } from '#test/support/until.js';

const DAY = 86_400_000;

describe('feelbacks', () => {
  const domain = feelbackDomain();
  const refused = (code: ErrorCode) => expect.objectContaining({ code });
  const me = () => domain.account.system;
  const counts = (target: { contentSetId: string; key: string } | { contentId: string }) =>
    domain.statistics.counts(undefined, target, 'lifetime');

  it.each([
    '',
    'nonsense',
    '018f2b6e-0000-7000-8000-000000000001',
    projectUuid(4_000_000_000, 1),
    projectUuid(1, 1),
  ])('are not found by %j, nor sets or contents', async (id) => {
    const calls = [
      () => domain.feelbacks.get(me(), id),
      () => domain.feelbacks.edit(id, 'token', '+'),
      () => domain.feelbacks.remove(id, 'token'),
      () => domain.feelbacks.create({ dialect: 'feelback', target: { contentId: id }, value: '+' }),
      () =>
        domain.feelbacks.create({ dialect: 'feelback', target: { contentSetId: id, key: 'k' }, value: '+' }),
      () => counts({ contentId: id }),
      () => counts({ contentSetId: id, key: 'k' }),
      () => domain.sets.get(me(), id),
      () => domain.sets.archive(me(), id),
      () => domain.contents.get(me(), id),
      () => domain.contents.update(me(), id, {}),
      () => domain.contents.create(me(), { contentSetId: id, key: 'k' }),
      () => domain.statistics.ofSet(me(), id, { period: 'month' }),
      () => domain.statistics.ofContent(me(), id, { period: 'month' }),
    ];
    for (const call of calls) await expect(call()).rejects.toEqual(refused('not_found'));
    expect([await domain.sets.exists(me(), id), await domain.contents.exists(me(), id)]).toEqual([
      false,
      false,
    ]);
    const page = { page: 1, limit: 10 };
    expect(await domain.feelbacks.list(me(), { contentId: id }, page)).toEqual({ items: [], total: 0 });
    expect(await domain.feelbacks.list(me(), { contentSetId: id }, page)).toEqual({ items: [], total: 0 });
    expect(await domain.contents.list(me(), { contentSetId: id }, page)).toEqual({ items: [], total: 0 });
  });

  it('of another account are not there, but for public counts', async () => {
    const stranger = (await domain.seed.account()).system;
    const set = await domain.set({ publicAggregates: false });
    const target = { contentSetId: set.id, key: 'k' };
    const { id } = await domain.feelbacks.create({ dialect: 'feelback', target, value: '+' });
    await expect(domain.feelbacks.get(stranger, id)).rejects.toEqual(refused('not_found'));
    expect(await domain.feelbacks.list(stranger, {}, { page: 1, limit: 10 })).toEqual({
      items: [],
      total: 0,
    });
    expect(
      await domain.statistics.topContents(stranger, { period: 'week', size: 10, contentSetId: set.id }),
    ).toEqual([]);
    await expect(domain.statistics.counts(stranger, target, 'lifetime')).rejects.toEqual(
      refused('not_found'),
    );
    await expect(domain.statistics.counts(undefined, target, 'lifetime')).rejects.toEqual(
      refused('forbidden'),
    );
    expect(await domain.statistics.counts(me(), target, 'lifetime')).toEqual([1]);
    await domain.sets.update(me(), set.id, { publicAggregates: true });
    await until(
      async () => (await domain.other.statistics.counts(stranger, target, 'day').catch(() => [0]))[0] === 1,
    );
  });

  it('are listed newest first, by state and place, with a total from the counts', async () => {
    const project = await domain.seed.project(domain.account);
    const sets = [await domain.set({ projectId: project.id }), await domain.set({ projectId: project.id })];
    const ids: string[] = [];
    for (let n = 0; n < 9; n++) {
      domain.clock.advance(5);
      const target = { contentSetId: sets[n % 2]!.id, key: `k${n % 3}` };
      const { id, revocation } = await domain.feelbacks.create({ dialect: 'feelback', target, value: '+' });
      ids.unshift(id);
      if (n === 4) await domain.feelbacks.remove(id, revocation!.token);
    }
    const list = async (filter: object, page = 1, size = 100) => {
      const { items, total } = await domain.feelbacks.list(
        me(),
        { projectId: project.id, ...filter },
        { page, limit: size },
      );
      return [items.map(({ id }) => ids.indexOf(id)), total];
    };
    expect(await list({})).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8], 9]);
    expect(await list({}, 2, 4)).toEqual([[4, 5, 6, 7], 9]);
    expect(await list({}, 4, 4)).toEqual([[], 9]);
    expect(await list({ state: 'active' })).toEqual([[0, 1, 2, 3, 5, 6, 7, 8], 8]);
    expect(await list({ state: 'revoked' })).toEqual([[4], 1]);
    expect(await list({ contentSetId: sets[1]!.id })).toEqual([[1, 3, 5, 7], 4]);
    const { contentId } = await domain.feelbacks.get(me(), ids[4]!);
    expect(await list({ contentId })).toEqual([[4], 1]);
    expect(await list({ contentId, state: 'active' })).toEqual([[], 0]);
    expect(await list({ contentId, contentSetId: sets[1]!.id })).toEqual([[], 0]);
  });

  it('rank sets and contents: most first, ties by the newest, active ones only, none without any', async () => {
    const project = await domain.seed.project(domain.account);
    const [first, second, third] = [
      await domain.set({ projectId: project.id }),
      await domain.set({ projectId: project.id }),
      await domain.set({ projectId: project.id }),
    ];
    const give = async (set: typeof first, key: string, times: number) => {
      for (let n = 0; n < times; n++)
        await domain.feelbacks.create({
          dialect: 'feelback',
          target: { contentSetId: set.id, key },
          value: '+',
        });
      domain.clock.advance(1_000);
    };
    await give(first, 'old', 5);
    domain.clock.advance(40 * DAY);
    await give(first, 'a', 2);
    await give(second, 'b', 3);
    await give(first, 'c', 2);
    await give(second, 'gone', 9);
    const [gone] = await domain.contents.lookup(me(), 'gone', { contentSetId: second.id });
    await domain.contents.archive(me(), gone!.id);
    await give(third, 'put away', 20);
    await domain.sets.archive(me(), third.id);
    const contents = async (period: 'rolling28d' | 'rolling12m', size = 10, contentSetId?: string) =>
      (await domain.statistics.topContents(me(), { period, size, projectId: project.id, contentSetId })).map(
        ({ entity, statistics }) => `${entity.key} ${statistics.aggregation.total.count}`,
      );
    expect(await contents('rolling28d')).toEqual(['b 3', 'c 2', 'a 2']);
    expect(await contents('rolling28d', 1)).toEqual(['b 3']);
    expect(await contents('rolling28d', 10, first.id)).toEqual(['c 2', 'a 2']);
    expect(await contents('rolling12m')).toEqual(['old 5', 'b 3', 'c 2', 'a 2']);
    const sets = await domain.statistics.topSets(me(), {
      period: 'rolling28d',
      size: 10,
      projectId: project.id,
    });
    expect(sets.map(({ entity, statistics }) => [entity.id, statistics.aggregation.total.count])).toEqual([
      [second.id, 12],
      [first.id, 4],
    ]);
  });

  it('have contents and sets that are looked up by what is written in them, wildcards being letters', async () => {
    const project = await domain.seed.project(domain.account);
    const set = await domain.set({ projectId: project.id, name: '100% of_it', key: 'Needle' });
    const make = (key: string, more = {}) =>
      domain.contents.create(me(), { contentSetId: set.id, key, ...more });
    const one = await make('/Blog/50%_off', { title: 'Summer', url: 'https://a.example/x' });
    const two = await make('/blog/500 off');
    const keys = async (text: string, filter = {}) =>
      (await domain.contents.lookup(me(), text, { projectId: project.id, ...filter })).map(({ key }) => key);
    expect(await keys('')).toEqual([two.key, one.key]);
    expect(await keys('BLOG')).toEqual([two.key, one.key]);
    expect(await keys('50%_')).toEqual([one.key]);
    expect(await keys('%')).toEqual([one.key]);
    expect(await keys('\\')).toEqual([]);
    expect(await keys('summer')).toEqual([one.key]);
    expect(await keys('a.example')).toEqual([one.key]);
    expect(await keys(two.id)).toEqual([two.key]);
    expect(await keys('blog', { state: 'archived' })).toEqual([]);
    await expect(make(one.key)).rejects.toEqual(refused('conflict'));
    await expect(domain.contents.update(me(), two.id, { key: one.key })).rejects.toEqual(refused('conflict'));
    expect(await domain.contents.exists(me(), { contentSetId: set.id, key: one.key })).toBe(true);
    expect(await domain.contents.exists(me(), { contentSetId: set.id, key: one.key.toLowerCase() })).toBe(
      false,
    );
    const found = async (text: string) =>
      (await domain.sets.lookup(me(), text, { projectId: project.id })).map(({ id }) => id);
    for (const text of ['needle', '% OF_', set.id, '']) expect(await found(text)).toEqual([set.id]);
    for (const text of ['of%it', 'needles']) expect(await found(text)).toEqual([]);
    await expect(domain.set({ projectId: project.id, key: 'Needle' })).rejects.toEqual(refused('conflict'));
    const pages = await domain.contents.list(me(), { projectId: project.id }, { page: 2, limit: 1 });
    expect([pages.items.map(({ key }) => key), pages.total]).toEqual([[one.key], 2]);
    const projects = await domain.projects.lookup(me(), project.name.toUpperCase(), { archived: false });
    expect(projects[0]).toMatchObject({ id: project.id });
    await domain.projects.update(me(), project.id, { archived: true });
    expect((await domain.projects.list(me(), { archived: true }, { page: 1, limit: 1 })).total).toBe(1);
  });
});
