import fc from 'fast-check';
import { aggregate, flatCounts } from './aggregation.js';
import { PERIODS, type Period, startsOf, windowOf } from './period.js';

const BORN = new Date('2024-11-05T10:00:00Z');
const NOW = new Date('2026-11-22T13:45:12.345Z');
const iso = (moment: Date | undefined) => moment?.toISOString().replace(':00.000Z', '').replace('T00:00', '');

describe('a period', () => {
  it.each<[Period, string | undefined, number, string, number, string, string]>([
    ['day', undefined, 0, '2026-11-22', 24, '2026-11-22', '2026-11-22T23:00'],
    ['day', '2024-02-29T23:59:59.999Z', 0, '2024-02-29', 24, '2024-02-29', '2024-02-29T23:00'],
    ['day', '2024-03-01T00:00:00Z', -1, '2024-02-29', 24, '2024-02-29', '2024-02-29T23:00'],
    // A Sunday ends its ISO week; the Monday after begins the next.
    ['week', undefined, 0, '2026-11-16', 7, '2026-11-16', '2026-11-22'],
    ['week', '2026-11-23T00:00:00Z', 0, '2026-11-23', 7, '2026-11-23', '2026-11-29'],
    ['week', '2027-01-01T12:00:00Z', 0, '2026-12-28', 7, '2026-12-28', '2027-01-03'],
    ['week', '2026-11-22T00:00:00Z', -52, '2025-11-17', 7, '2025-11-17', '2025-11-23'],
    ['month', '2024-02-10T00:00:00Z', 0, '2024-02-01', 29, '2024-02-01', '2024-02-29'],
    ['month', '2026-02-10T00:00:00Z', 0, '2026-02-01', 28, '2026-02-01', '2026-02-28'],
    ['month', '2026-01-31T00:00:00Z', 1, '2026-02-01', 28, '2026-02-01', '2026-02-28'],
    ['month', '2026-01-31T00:00:00Z', -2, '2025-11-01', 30, '2025-11-01', '2025-11-30'],
    ['year', '2024-02-29T00:00:00Z', 1, '2025-01-01', 12, '2025-01-01', '2025-12-01'],
    ['year', '1850-06-01T00:00:00Z', 0, '1850-01-01', 12, '1850-01-01', '1850-12-01'],
    ['year', undefined, -2_025, '0001-01-01', 12, '0001-01-01', '0001-12-01'],
    ['rolling7d', undefined, 0, '2026-11-22', 7, '2026-11-16', '2026-11-22'],
    ['rolling7d', undefined, -1, '2026-11-15', 7, '2026-11-09', '2026-11-15'],
    ['rolling28d', '2024-03-01T05:00:00Z', 0, '2024-03-01', 28, '2024-02-03', '2024-03-01'],
    ['rolling28d', undefined, 1, '2026-12-20', 28, '2026-11-23', '2026-12-20'],
    ['rolling12m', undefined, 0, '2026-11-01', 12, '2025-12-01', '2026-11-01'],
    ['rolling12m', '2026-03-31T00:00:00Z', -1, '2025-03-01', 12, '2024-04-01', '2025-03-01'],
    ['lifetime', undefined, 0, '2024-11-01', 25, '2024-11-01', '2026-11-01'],
    ['lifetime', undefined, 7, '2024-11-01', 25, '2024-11-01', '2026-11-01'],
  ])(
    '%s of %s shifted by %i begins at %s and has %i points from %s to %s',
    (period, at, shift, ...expected) => {
      const reference = at === undefined ? undefined : new Date(at);
      const window = windowOf({ period, reference, shift }, NOW, BORN);
      const { starts } = window;
      expect([iso(window.reference), starts.length, iso(starts[0]), iso(starts.at(-1))]).toEqual(expected);
    },
  );

  it('of something new is one month at least', () => {
    expect(windowOf({ period: 'lifetime' }, BORN, NOW).starts).toHaveLength(1);
  });

  it.each<[Period, Date | undefined, number]>([
    ['month', new Date('nonsense'), 0],
    ['month', undefined, 0.5],
    ['day', undefined, Number.NaN],
    ['day', undefined, 1e300],
    ['day', undefined, 1e12],
    ['year', undefined, 8_000],
    ['year', undefined, -2_100],
    ['rolling12m', new Date('0001-01-01T00:00:00Z'), 0],
  ])('%s of %s shifted by %d is refused', (period, reference, shift) => {
    expect(() => windowOf({ period, reference, shift }, NOW, BORN)).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });

  it('holds its reference, and data points without gap or overlap that rollups begin at', () => {
    const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const spans = PERIODS.filter((period) => period !== 'lifetime');
    fc.assert(
      fc.property(
        fc.constantFrom(...spans),
        moment,
        fc.integer({ min: -50, max: 50 }),
        (period, at, shift) => {
          const { grain, starts } = windowOf({ period, reference: at }, NOW, BORN);
          expect(starts.map((start) => startsOf(start)[grain])).toEqual(starts);
          expect(starts.map(Number)).toContain(startsOf(at)[grain].getTime());
          for (const [index, start] of starts.entries()) {
            if (index === 0) continue;
            const before = new Date(start.getTime() - 1);
            expect(startsOf(before)[grain]).toEqual(starts[index - 1]);
          }
          const next = windowOf({ period, reference: at, shift: shift + 1 }, NOW, BORN);
          const last = windowOf({ period, reference: at, shift }, NOW, BORN).starts.at(-1)!;
          expect(startsOf(new Date(next.starts[0]!.getTime() - 1))[grain]).toEqual(last);
        },
      ),
    );
  });
});

describe('what is counted', () => {
  const set = (
    schema: 'reaction' | 'rating' | 'yes-no' | 'tagged-message' | 'message' | 'pulse',
    config = {},
  ) => ({
    schema,
    config,
    discovered: [],
  });
  const items = [
    { value: 'p', sentiment: 1, intensity: 0.5 },
    { value: 'n', sentiment: -0.5 },
    { value: 'o' },
  ];
  const points = [
    { count: 4, buckets: [1, 3] },
    { count: 0, buckets: [] },
    { count: 2, buckets: [2] },
  ];

  it('of yes and no is their difference, 0 for none', () => {
    const { points: each, total } = aggregate(set('yes-no'), points);
    expect(each).toEqual([
      { count: 4, counts: [1, 3], sentiment: -0.5 },
      { count: 0, counts: [0, 0], sentiment: 0 },
      { count: 2, counts: [2, 0], sentiment: 1 },
    ]);
    expect(total).toEqual({ count: 6, counts: [3, 3], sentiment: 0 });
    expect(aggregate(set('yes-no'), [{ count: 2, buckets: [0, 2] }]).total.sentiment).toBe(-1);
  });

  it('of reactions is the mean of their weights, items without one being 0', () => {
    const total = { count: 6, counts: [3, 3, 0], sentiment: 0.25, intensity: 0.25 };
    expect(aggregate(set('reaction', { items }), points).total).toEqual(total);
    const { intensity: _, ...tagged } = total;
    expect(aggregate(set('tagged-message', { items }), points).total).toEqual(tagged);
    const unknown = { items: [{ value: 'u' }, { value: 'v' }] };
    expect(aggregate(set('reaction', unknown), points).total).toEqual({ count: 6, counts: [3, 3] });
  });

  it('of ratings is the mean', () => {
    const rating = set('rating', { min: 1, max: 5 });
    expect(aggregate(rating, points).points).toEqual([
      { count: 4, average: 1.75 },
      { count: 0, average: 0 },
      { count: 2, average: 1 },
    ]);
    expect(flatCounts(rating, { count: 4, buckets: [0, 0, 1, 0, 3] })).toEqual([4, 4.5]);
  });

  it.each([
    [set('pulse'), [4]],
    [set('message'), [4]],
    [set('yes-no'), [1, 3]],
    [set('reaction', { items }), [1, 3, 0]],
    [set('tagged-message', { items }), [1, 3, 0]],
    // A value that another process met a moment ago.
    [set('reaction'), [1, 3]],
  ])('of %j is listed flat as %j', (counted, flat) => {
    expect(flatCounts(counted, points[0]!)).toEqual(flat);
  });
});
