import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type CheckedRow, checkRow } from './check-row.js';
import { DigestCounter } from './digest-counter.js';
import { LocalDates } from './local-dates.js';
import { RowKeys } from './row-keys.js';

const NOW = new Date('2026-11-22T10:00:00.000Z');
const utc = new LocalDates('UTC', NOW);
const GOOD = { date: '2024-03-08 00:29:00', name: 'User 1', content: 'Feedback 1' };

describe('dates of a source', () => {
  it.each([
    ['UTC', '2024-03-08 00:29:00', '2024-03-08T00:29:00Z'],
    ['Europe/Berlin', '2024-03-08 00:29:00', '2024-03-07T23:29:00Z'],
    ['Europe/Berlin', '2024-07-08 00:29:00', '2024-07-07T22:29:00Z'],
    ['Asia/Kathmandu', '2024-07-08 00:29:00', '2024-07-07T18:44:00Z'],
    // Exists twice: the earlier one.
    ['Europe/Berlin', '2024-10-27 02:30:00', '2024-10-27T00:30:00Z'],
    ['Europe/Berlin', '2024-10-27 03:00:00', '2024-10-27T02:00:00Z'],
    ['Europe/Berlin', '2024-10-27 01:59:59', '2024-10-26T23:59:59Z'],
    // The clock of this island changes by half an hour.
    ['Australia/Lord_Howe', '2024-04-07 01:45:00', '2024-04-06T14:45:00Z'],
    ['UTC', '2024-02-29 23:59:59', '2024-02-29T23:59:59Z'],
    ['UTC', '1970-01-01 00:00:00', '1970-01-01T00:00:00Z'],
    ['UTC', '2026-11-23 10:00:00', '2026-11-23T10:00:00Z'],
  ])('in %s place %s', (zone, text, instant) => {
    const placed = new LocalDates(zone, NOW).place(text) as { instant: string };
    expect(new Date(placed.instant.replace(' ', 'T'))).toEqual(new Date(instant));
  });

  it.each([
    ['Europe/Berlin', '2024-03-31 02:30:00', 'jumped over'],
    ['Europe/Berlin', '2024-03-31 02:00:00', 'jumped over'],
    ['Australia/Lord_Howe', '2024-10-06 02:15:00', 'jumped over'],
    // A day that Samoa left out.
    ['Pacific/Apia', '2011-12-30 12:00:00', 'jumped over'],
    ['UTC', '2024-03-08T00:29:00', 'form'],
    ['UTC', '2024-03-08 00:29:00Z', 'form'],
    ['UTC', '2024-03-08 00:29', 'form'],
    ['UTC', '2024-3-8 00:29:00', 'form'],
    ['UTC', ' 2024-03-08 00:29:00', 'form'],
    ['UTC', '2024-03-08 00:29:00\n', 'form'],
    ['UTC', '２０２４-03-08 00:29:00', 'form'],
    ['UTC', '2024-02-30 00:00:00', 'calendar'],
    ['UTC', '2023-02-29 00:00:00', 'calendar'],
    ['UTC', '2024-13-01 00:00:00', 'calendar'],
    ['UTC', '2024-00-01 00:00:00', 'calendar'],
    ['UTC', '2024-01-00 00:00:00', 'calendar'],
    ['UTC', '2024-01-01 24:00:00', 'calendar'],
    ['UTC', '2024-01-01 23:60:00', 'calendar'],
    ['UTC', '2016-12-31 23:59:60', 'calendar'],
    ['UTC', '1969-12-31 23:59:59', '1970'],
    ['UTC', '0000-01-01 00:00:00', '1970'],
    ['UTC', '2026-11-23 10:00:01', 'ahead'],
    ['UTC', '9999-12-31 23:59:59', 'ahead'],
  ])('in %s refuse %j: %s', (zone, text, problem) => {
    expect(new LocalDates(zone, NOW).place(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('agree with the calendar of the platform for every moment', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Pacific/Apia',
    ];
    const known = new Map(zones.map((zone) => [zone, new LocalDates(zone, NOW)]));
    const seconds = fc.integer({ min: 0, max: NOW.getTime() / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), seconds, (zone, second) => {
        const local = new Date(second * 1000).toISOString().slice(0, 19);
        const placed = known.get(zone)!.place(local.replace('T', ' '));
        const exact = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'earlier' });
        if (!exact.toPlainDateTime().equals(local)) expect(placed).toHaveProperty('problem');
        else expect(placed).toEqual({ instant: `${local.replace('T', ' ')}${exact.offset}` });
      }),
      { numRuns: 300 },
    );
  });
});

describe('dates that are asked for one after the other', () => {
  it('have the offset of their own day, whatever days are remembered', () => {
    const known = new LocalDates('America/New_York', NOW);
    const days = Array.from({ length: 1_000 }, (_, day) => new Date(Date.UTC(2023, 11, 1 + day)));
    const texts = days.map((day) => `${day.toISOString().slice(0, 10)} 12:00:00`);
    const placed = texts.map((text) => known.place(text));
    expect(placed).toEqual(texts.map((text) => new LocalDates('America/New_York', NOW).place(text)));
  });
});

describe('a row', () => {
  it('that is good is taken as it is', () => {
    expect(checkRow(GOOD, utc)).toEqual({
      ...GOOD,
      instant: '2024-03-08 00:29:00+00:00',
      externalId: undefined,
      occurrence: undefined,
    });
  });

  it.each([
    { name: '' },
    { name: '🦉'.repeat(255) },
    { content: '🦉'.repeat(30_000) },
    { content: '\u{1F600}\n\ttext' },
    { externalId: 'x'.repeat(255) },
    { occurrence: 1 },
  ])('may have %j', (change) => {
    expect(checkRow({ ...GOOD, ...change }, utc)).toMatchObject(change);
  });

  it.each([
    [{ date: undefined }, 'date'],
    [{ date: 1_709_857_740 }, 'date'],
    [{ name: undefined }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'x'.repeat(256) }, 'name'],
    [{ name: 'a\0b' }, 'name'],
    [{ content: undefined }, 'content'],
    [{ content: '' }, 'content'],
    [{ content: ' \n\t\u00a0' }, 'content'],
    [{ content: 'x'.repeat(30_001) }, 'content'],
    [{ content: '🦉'.repeat(30_001) }, 'content'],
    [{ content: 'a\0b' }, 'content'],
    [{ content: '\ud800' }, 'content'],
    [{ content: ['x'] }, 'content'],
    [{ externalId: '' }, 'external_id'],
    [{ externalId: 7 }, 'external_id'],
    [{ occurrence: 0 }, 'occurrence'],
    [{ occurrence: 1.5 }, 'occurrence'],
    [{ occurrence: '1' }, 'occurrence'],
  ])('is refused with %j', (change, field) => {
    expect(checkRow({ ...GOOD, ...change }, utc)).toEqual([{ field, problem: expect.any(String) }]);
  });

  it('tells of everything that is wrong with it', () => {
    const problems = checkRow({ date: 'x', name: 1 }, utc) as { field: string }[];
    expect(problems.map(({ field }) => field)).toEqual(['date', 'name', 'content']);
  });
});

describe('the key of a row', () => {
  const SECRET = Buffer.alloc(32, 1);
  const row = (change: Partial<CheckedRow> = {}) => checkRow({ ...GOOD, ...change }, utc) as CheckedRow;
  const keys = (rows: CheckedRow[], source = 'a', secret = SECRET) => {
    const made = new RowKeys(source, secret);
    return rows.map((each) => made.next(each));
  };

  it('stays what it was: rows that came through an earlier version are known', () => {
    const made = [
      row(),
      row(),
      row({ content: 'Grüße 🦉\n"quoted" \\ back' }),
      row({ externalId: 'ext-1' }),
      row({ occurrence: 3 }),
      row(),
      row({ name: '' }),
    ];
    expect(keys(made, '01890000-0000-7000-8000-000000000001')).toEqual([
      'c1c955c00d9e32c3f67554d143775f57df5f307b49f06ab252baff6499c6a44f',
      '61bbea27ba8d22d12fdf4cc021ad29f9c02f29022676402dd85b1ba2f9434bdf',
      'bf4c0ae7f4679afc35bc29d740314dabbfb95a65c08d37d2fd4c662eac534d11',
      '635fecc3fc20a47614ac93cc8338c4c2253eecf4f348d818f7d98aa2a595e396',
      'bca2e6fe2bd5fba00b9eb3c9f511e03e8d76597655495531520b17c25c16d461',
      'bca2e6fe2bd5fba00b9eb3c9f511e03e8d76597655495531520b17c25c16d461',
      '194b86feedacd1da6693fa406be7cb281b3bbbc0630659306661d3dc2ed32d0d',
    ]);
  });

  it('is the same whenever the same rows are sent', () => {
    expect(keys([row(), row(), row({ name: '' })])).toEqual(keys([row(), row(), row({ name: '' })]));
  });

  it.each([
    ['another date', row({ date: '2024-03-08 00:29:01' })],
    ['another name', row({ name: 'User 2' })],
    ['other content', row({ content: 'Feedback 2' })],
    ['an id of its own', row({ externalId: 'x' })],
    ['another place among identical rows', row({ occurrence: 2 })],
  ])('is another one with %s', (_, other) => {
    const [first, second] = keys([row(), other]);
    expect(second).not.toBe(first);
  });

  it('differs between sources and between deployments', () => {
    const made = [keys([row()]), keys([row()], 'b'), keys([row()], 'a', Buffer.alloc(32, 2))].flat();
    expect(new Set(made).size).toBe(3);
  });

  it('tells identical rows apart, whether they are counted here or by the sender', () => {
    const counted = keys([row(), row(), row()]);
    expect(new Set(counted).size).toBe(3);
    expect(keys([row({ occurrence: 3 }), row({ occurrence: 2 }), row()])).toEqual(counted.toReversed());
  });

  it('is that of its own id alone when it has one', () => {
    const [first, second] = keys([row({ externalId: 'x' }), row({ externalId: 'x', content: 'Other' })]);
    expect(second).toBe(first);
  });

  it('is made of everything that a row may hold', () => {
    const name = '🦉'.repeat(255);
    const [first, second] = ['a', 'b'].map((last) =>
      keys([row({ name, content: `${'🦉'.repeat(29_999)}${last}` })]),
    );
    expect(second).not.toEqual(first);
  });

  it('does not take a name for content', () => {
    const [first, second] = keys([row({ name: 'ab', content: 'c' }), row({ name: 'a', content: 'bc' })]);
    expect(second).not.toBe(first);
  });
});

describe('a count of digests', () => {
  it('is that of a Map, however many there are', () => {
    const digest = (n: number) => createHash('sha256').update(String(n)).digest('hex');
    const digests = Array.from({ length: 20_000 }, (_, n) => digest(n));
    fc.assert(
      fc.property(fc.array(fc.nat(digests.length - 1), { maxLength: 30_000, size: 'max' }), (picked) => {
        const [counter, known] = [new DigestCounter(), new Map<number, number>()];
        for (const n of picked) {
          const count = (known.get(n) ?? 0) + 1;
          known.set(n, count);
          if (counter.count(digests[n]!) !== count) throw new Error(`${n} was miscounted`);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('tells digests apart that have their first word in common', () => {
    const counter = new DigestCounter();
    const made = ['0', '1', 'a', 'f'].map((last) =>
      counter.count(`${'0'.repeat(15)}${last}${'0'.repeat(48)}`),
    );
    expect([...made, counter.count('0'.repeat(64))]).toEqual([1, 1, 1, 1, 2]);
  });
});
