import fc from 'fast-check';
import { type Block, BlockBuilder } from './block-builder.js';
import { LocalDates } from '../rows/local-dates.js';
import { PlainRow } from '../rows/plain-row.js';
import type { SentRow } from '../rows/raw-row.js';
import { RowKeys } from '../rows/row-keys.js';
import { SENSITIVITIES, type Sensitivity } from '../source.entity.js';

interface Texts {
  readonly date: string;
  readonly name: string;
  readonly content: string;
  readonly externalId?: string | undefined;
}

const GOOD: Texts = { date: '2024-03-08 00:29:00', name: 'User 1', content: 'Feedback 1' };

/** What becomes of rows that are sent some at a time. */
function build(rows: readonly SentRow[], sensitivity: Sensitivity = 'none', timeZone = 'Europe/Berlin') {
  const builder = new BlockBuilder({
    sensitivity,
    dates: new LocalDates(timeZone, new Date('2026-11-22T10:00:00.000Z')),
    keys: new RowKeys('a', Buffer.alloc(32, 1)),
    maxErrors: 1_000,
  });
  const blocks: { number: number; count: number; rows: unknown }[] = [];
  const take = (made: Iterable<Block>) => {
    for (const { number, count, rows: parts } of made)
      blocks.push({ number, count, rows: JSON.parse(Buffer.concat(parts).toString('utf8')) });
  };
  for (let at = 0; at < rows.length; at += 700) take(builder.add(rows.slice(at, at + 700)));
  take(builder.end());
  const { received, rejected, masked, errors } = builder;
  return { blocks, received, rejected, masked, errors };
}

/** A row whose texts need no escapes, between other bytes. */
function plain({ date, name, content, externalId }: Texts): PlainRow {
  const [before, behind] = ['"🦉', '"'];
  const texts = [before, date, name, content, externalId ?? '', behind];
  const ends = texts.map((_, index) => Buffer.byteLength(texts.slice(0, index + 1).join('')));
  const row = new PlainRow(Buffer.from(texts.join('')));
  [row.date, row.dateEnd] = [ends[0]!, ends[1]!];
  [row.name, row.nameEnd] = [ends[1]!, ends[2]!];
  [row.content, row.contentEnd] = [ends[2]!, ends[3]!];
  if (externalId !== undefined) [row.externalId, row.externalIdEnd] = [ends[3]!, ends[4]!];
  return row;
}

describe('a block', () => {
  it('holds rows in columns, each with its key and its offset from UTC', () => {
    const rows = [GOOD, { ...GOOD, date: '2024-07-08 00:29:00', name: '' }];
    const { blocks, ...counters } = build(rows.map(plain));
    expect(blocks).toEqual([
      {
        number: 0,
        count: 2,
        rows: {
          keys: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)],
          dates: ['2024-03-08 00:29:00+01:00', '2024-07-08 00:29:00+02:00'],
          names: ['User 1', null],
          contents: ['Feedback 1', 'Feedback 1'],
        },
      },
    ]);
    expect(counters).toEqual({ received: 2, rejected: 0, masked: 0, errors: [] });
  });

  it('is the same whether its rows were read as bytes or as strings', () => {
    const texts = fc.record(
      {
        date: fc.oneof(
          fc.constantFrom(
            GOOD.date,
            GOOD.date,
            '2024-03-31 02:30:00',
            '2024-10-27 02:30:00',
            '1969-12-31 23:59:59',
          ),
          fc.constantFrom(
            '',
            '2024-3-8 00:29:00',
            `${GOOD.date}Z`,
            '2024-02-30 00:00:00',
            '２０２４-03-08 00:',
          ),
        ),
        name: fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('', 'é'.repeat(255), 'x'.repeat(256)),
        ),
        content: fc.oneof(
          fc.string({ unit: fc.constantFrom(' ', '\u00a0', '\u2003', '\u3000', '\ufeff', 'ア', '語', '.') }),
          fc.constantFrom('x', 'a@example.com or +49 30 901820', '🦉'.repeat(30_000), 'x'.repeat(30_001)),
        ),
        externalId: fc.option(fc.constantFrom('', 'a', 'ü'.repeat(255), 'ü'.repeat(256)), { nil: undefined }),
      },
      { requiredKeys: ['date', 'name', 'content'] },
    );
    const isPlain = (row: Texts) => Object.values(row).every((text) => JSON.stringify(text) === `"${text}"`);
    fc.assert(
      fc.property(
        fc.array(texts.filter(isPlain), { maxLength: 12 }),
        fc.constantFrom(...SENSITIVITIES),
        (rows, sensitivity) => {
          expect(build(rows.map(plain), sensitivity)).toEqual(build(rows, sensitivity));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds no row that is blank, in whatever white space, and every other one', () => {
    const spaces = [...' \u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'];
    const others = [...'\u007f\u0085\u00a1\u180e\u200b\u2060\u3001é🦉'];
    const rows = [...spaces, ...others].map((content) => plain({ ...GOOD, content }));
    const { blocks, rejected } = build(rows);
    expect(rejected).toBe(spaces.length);
    expect(blocks[0]!.rows).toMatchObject({ contents: [...spaces.map(() => null), ...others] });
  });

  it('counts identical rows however each of them was read', () => {
    const read = [plain(GOOD), GOOD, plain(GOOD), GOOD];
    expect(build(read)).toEqual(build([GOOD, GOOD, GOOD, GOOD]));
    const { keys } = build(read).blocks[0]!.rows as { keys: string[] };
    expect(new Set(keys).size).toBe(4);
  });

  it('is full with 1,000 places or half a megabyte of content, and leaves places for what was left out', () => {
    const rows = Array.from({ length: 2_500 }, (_, n) => ({ ...GOOD, content: `Row ${n}` }));
    rows[3] = { ...GOOD, date: 'never' };
    const { blocks, errors } = build(rows.map(plain));
    expect(blocks.map(({ number, count }) => [number, count])).toEqual([
      [0, 1_000],
      [1_000, 1_000],
      [2_000, 500],
    ]);
    const { contents } = blocks[1]!.rows as { contents: string[] };
    expect([contents[0], contents[999]]).toEqual(['Row 1000', 'Row 1999']);
    expect((blocks[0]!.rows as { contents: string[] }).contents.slice(2, 5)).toEqual([
      'Row 2',
      null,
      'Row 4',
    ]);
    expect(errors).toEqual([{ number: 3, field: 'date', message: expect.stringContaining('form') }]);

    const large = Array.from({ length: 60 }, () => ({ ...GOOD, content: 'x'.repeat(30_000) }));
    const counts = build(large.map(plain)).blocks.map(({ count }) => count);
    expect(counts).toEqual([18, 18, 18, 6]);
  });
});
