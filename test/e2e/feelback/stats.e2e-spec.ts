import { type FeelbackCaller, seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

interface Stats {
  readonly id: string;
  readonly period: string;
  readonly referenceDate: string;
  readonly count: number;
  readonly summary?: number;
  readonly data: Record<string, unknown> & { readonly values: number[]; readonly points?: unknown[] };
}

/** What statistics have beside values and count; `point` is that of the day on which all was given. */
interface Said {
  readonly point?: readonly unknown[];
  readonly counts?: readonly number[];
  readonly summary?: number;
  readonly intensity?: number;
}

const DAY = 86_400_000;

/** The same with every number being 0, as a time without feelbacks has it. */
function zeros<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'number' ? 0 : part)) as T;
}

describe('the statistics of the feelback API', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let viewer: FeelbackCaller;
  /** Noon of some day, so that no test runs over midnight. */
  let noon: Date;

  beforeAll(async () => {
    const tomorrow = Math.ceil(Date.now() / DAY) * DAY + DAY / 2;
    app.clock.advance(tomorrow - Date.now());
    noon = new Date(tomorrow);
    world = await seedFeelback(app);
    viewer = world.viewer;
  });

  async function give(contentSetId: string, key: string, ...values: unknown[]): Promise<void> {
    for (const value of values)
      await world.anybody.result('feelbacks/create', { contentSetId, key, value, revokable: false });
  }

  function day(date: Date): string {
    return `${date.toISOString().slice(0, 10)}T00:00:00.000Z`;
  }

  it.each<[string, unknown, unknown[], number[], Said]>([
    ['pulse', undefined, ['+', '+'], [2], {}],
    ['message', undefined, ['a', 'b'], [2], {}],
    ['yes-no', undefined, ['y', 'y', '+1', '-1'], [3, 1], { point: [3, 1], counts: [3, 1], summary: 0.5 }],
    [
      'reaction',
      { items: [{ value: 'a', sentiment: 1, intensity: 1 }, { value: 'b', sentiment: -0.5 }, 'c'] },
      ['a', 'b', 'b', 'c'],
      [1, 2, 1],
      { point: [[1, 2, 1], 0, 0.25], counts: [1, 2, 1], summary: 0, intensity: 0.25 },
    ],
    ['reaction', { items: ['one', 'two'] }, ['two'], [0, 1], { point: [[0, 1], 0, 0], counts: [0, 1] }],
    ['rating', {}, [5, '4', 1, 1], [4, 2.75], { point: [4, 2.75], summary: 2.75 }],
    [
      'tagged-message',
      { tags: [{ value: 'x', sentiment: 0.5 }, 'why'] },
      [{ tag: 'x' }, { tag: 'why', message: 'm' }],
      [1, 1],
      { point: [[1, 1], 0.25], counts: [1, 1], summary: 0.25 },
    ],
  ])('of %s with %j say what was given', async (schema, config, values, flat, { point, ...said }) => {
    const set = await world.set(schema, config);
    const content = await world.owner.result<{ id: string }>('contents/create', {
      contentSetId: set,
      key: 'k',
    });
    const of = async (call: string, id: string) => {
      const stats = await viewer.result<Stats>(call, id, { period: 'rolling7d' });
      // Of seven days the last two tell everything.
      const { values: all, points } = stats.data;
      expect([all.length, points?.length ?? 7]).toEqual([7, 7]);
      return {
        ...stats,
        data: { ...stats.data, values: all.slice(5), ...(points && { points: points.slice(5) }) },
      };
    };
    const empty = await of('sets/getStats', set);
    expect(empty.data).toEqual({
      period: 'rolling7d',
      schema,
      values: [0, 0],
      count: 0,
      ...zeros(said),
      ...(point && { points: [zeros(point), zeros(point)] }),
    });
    await give(set, 'k', ...values);
    const data = {
      period: 'rolling7d',
      schema,
      values: [0, values.length],
      count: values.length,
      ...said,
      ...(point && { points: [zeros(point), point] }),
    };
    for (const [call, id, entity] of [
      ['sets/getStats', set, 'contentSet'],
      ['contents/getStats', content.id, 'contentItem'],
    ] as const) {
      expect(await of(call, id)).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        accountId: world.account.id,
        projectId: world.projectId,
        contentSetId: set,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        entity,
        entityId: id,
        period: 'rolling7d',
        referenceDate: day(noon),
        data,
        count: values.length,
        ...('summary' in said && { summary: said.summary }),
      });
    }
    expect((await of('sets/getStats', set)).id).toBe(empty.id);
    expect(await world.anybody.result('feelbacks/getAggregates', content.id)).toEqual(flat);
  });

  it('of a project count feelbacks of every schema alike', async () => {
    const other = await seedFeelback(app);
    await give(await other.set('pulse'), 'k', '+');
    await give(await other.set('rating', {}), 'k', 5, 4);
    const stats = await other.viewer.result<Stats>('projects/getStats', other.projectId);
    expect(stats).toMatchObject({
      entity: 'project',
      entityId: other.projectId,
      projectId: other.projectId,
      period: 'month',
      count: 3,
      data: { schema: 'pulse', count: 3, period: 'month' },
    });
    expect(stats).not.toHaveProperty('contentSetId');
    expect(stats).not.toHaveProperty('summary');
    expect(stats.data.values[noon.getUTCDate() - 1]).toBe(3);
  });

  it.each([
    ['day', 24, 12],
    ['week', 7, 'weekday'],
    ['month', 'days', 'date'],
    ['year', 12, 'month'],
    ['lifetime', 1, 0],
    ['rolling7d', 7, 6],
    ['rolling28d', 28, 27],
    ['rolling12m', 12, 11],
  ])('over a %s have %s data points, the latest at %s', async (period, length, at) => {
    const set = await world.set('pulse');
    await give(set, 'k', '+');
    const lengths: Record<string, number> = {
      days: new Date(Date.UTC(noon.getUTCFullYear(), noon.getUTCMonth() + 1, 0)).getUTCDate(),
    };
    const places: Record<string, number> = {
      weekday: (noon.getUTCDay() + 6) % 7,
      date: noon.getUTCDate() - 1,
      month: noon.getUTCMonth(),
    };
    const expected = Array.from({ length: lengths[length] ?? Number(length) }, () => 0);
    expected[places[at] ?? Number(at)] = 1;
    for (const filter of [
      { period },
      { period, shift: 0, reference: noon.toISOString() },
      { period, reference: noon.toISOString().slice(0, 10) },
      { period, reference: noon.toISOString().slice(0, 16), shift: null },
    ]) {
      const { data } = await viewer.result<Stats>('sets/getStats', set, filter);
      expect([filter, data.values]).toEqual([filter, expected]);
    }
    const before = await viewer.result<Stats>('sets/getStats', set, { period, shift: -1 });
    expect(before.count).toBe(period === 'lifetime' ? 1 : 0);
    const flat = await world.anybody.result(
      'feelbacks/getAggregates',
      { contentSetId: set, key: 'k' },
      period,
    );
    expect(flat).toEqual([1]);
  });

  it('over a span elsewhere are named by reference and shift', async () => {
    const set = await world.set('pulse');
    const at = async (filter: object) => {
      const { referenceDate, data } = await viewer.result<Stats>('sets/getStats', set, filter);
      return [referenceDate, data.values.length];
    };
    expect(await at({ period: 'month', reference: '2024-02-10T23:30:00-01:00' })).toEqual([
      '2024-02-01T00:00:00.000Z',
      29,
    ]);
    expect(await at({ period: 'month', reference: '2024-03-31', shift: -1 })).toEqual([
      '2024-02-01T00:00:00.000Z',
      29,
    ]);
    expect(await at({ period: 'week', reference: '2026-11-22' })).toEqual(['2026-11-16T00:00:00.000Z', 7]);
    expect(await at({ period: 'rolling28d', reference: '2026-11-22', shift: 1 })).toEqual([
      '2026-12-20T00:00:00.000Z',
      28,
    ]);
    expect(await at({ period: 'day', reference: '2026-11-22T12:00:00', shift: -22 })).toEqual([
      '2026-10-31T00:00:00.000Z',
      24,
    ]);
  });

  it.each([
    [{ period: 'decade' }],
    [{ period: 1 }],
    [{ reference: 'yesterday' }],
    [{ reference: '2026-13-01' }],
    [{ reference: '2026-W01' }],
    [{ reference: 5 }],
    [{ shift: 1.5 }],
    [{ shift: '1' }],
    [{ shift: 1e9 }],
    [{ shift: -1e300 }],
    [{ period: 'year', reference: '9999-12-31', shift: 1 }],
    [{ reference: '0000-01-01', period: 'rolling12m' }],
    ['month'],
    [7],
  ])('are refused for %j', async (filter) => {
    const set = await world.set('pulse');
    const [status, { error }] = await viewer.failure('sets/getStats', set, filter);
    expect([status, error]).toEqual([400, 'bad-request']);
    expect((await viewer.failure('projects/getStats', world.projectId, filter))[0]).toBe(400);
  });

  it('rank what is active by its feelbacks, and leave out what has none', async () => {
    const other = await seedFeelback(app);
    const [less, more, empty, gone] = [
      await other.set('pulse'),
      await other.set('rating', {}),
      await other.set('pulse'),
      await other.set('pulse'),
    ];
    await give(less, 'a', '+');
    await give(less, 'b', '+', '+');
    await give(more, 'c', 1, 2, 3, 4);
    await give(gone, 'd', '+', '+', '+', '+', '+');
    await other.owner.result('sets/archive', gone);
    interface Ranked {
      readonly id: string;
      readonly key: string;
      readonly stats: Stats;
    }
    const sets = await other.viewer.result<Ranked[]>('sets/top');
    expect(sets.map(({ id, stats }) => [id, stats.count, stats.period])).toEqual([
      [more, 4, 'rolling28d'],
      [less, 3, 'rolling28d'],
    ]);
    expect(sets[0]!.stats).toMatchObject({ entity: 'contentSet', summary: 2.5, data: { schema: 'rating' } });
    expect(sets.map(({ id }) => id)).not.toContain(empty);
    const contents = async (query: object) =>
      (await other.viewer.result<Ranked[]>('contents/top', query)).map(({ key, stats }) => [
        key,
        stats.count,
      ]);
    expect(await contents({})).toEqual([
      ['c', 4],
      ['b', 2],
      ['a', 1],
    ]);
    expect(await contents({ $size: 1, period: 'week' })).toEqual([['c', 4]]);
    expect(await contents({ contentSetId: less, period: 'year' })).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect(await contents({ projectId: '999999' })).toEqual([]);
    expect(await contents({ projectId: other.projectId, contentSetId: more })).toEqual([['c', 4]]);
    for (const period of ['day', 'lifetime', 'x'])
      expect((await other.viewer.failure('contents/top', { period }))[0]).toBe(400);
  });

  it('leave a feelback out once it is taken back, long after', async () => {
    const set = await world.set('yes-no');
    const given = await world.anybody.result<{ feelbackId: string; revokable: { token: string } }>(
      'feelbacks/create',
      { contentSetId: set, key: 'k', value: 'y' },
    );
    const { feelbackId, revokable } = given;
    expect(await viewer.result('sets/getStats', set)).toMatchObject({ count: 1, summary: 1 });
    await world.anybody.result('feelbacks/remove', { feelbackId, revokeToken: revokable.token });
    for (const period of ['day', 'month', 'year', 'lifetime', 'rolling12m'])
      expect(await viewer.result('sets/getStats', set, { period })).toMatchObject({ count: 0, summary: 0 });
  });
});
