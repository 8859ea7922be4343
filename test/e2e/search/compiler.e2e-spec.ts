import fc from 'fast-check';
import type { ChannelSchema, SchemaField } from '#libs/channels/channel-schema.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { checkFieldValue, toStored, valuesOf } from '#libs/channels/field-values.js';
import type { NewField } from '#libs/channels/new-field.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import { compileCondition } from '#libs/feedback/search/compile-condition.js';
import type { Condition, Sort } from '#libs/feedback/search/feedback-query.js';
import { FeedbackSearchService } from '#libs/feedback/search/feedback-search.service.js';
import { Parameters } from '#libs/feedback/search/parameters.js';
import { Database } from '#libs/platform/database/database.js';
import {
  type PlainCondition,
  type PlainFeedback,
  PlainSearch,
  type PlainTarget,
} from '#test/support/plain-search.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

/** Dates as people send them, and the moments that they mean: UTC where nothing else is said. */
const INSTANTS = new Map([
  ['2024-03-07', Date.UTC(2024, 2, 7)],
  ['2024-03', Date.UTC(2024, 2)],
  ['2024-03-07T10:00:00', Date.UTC(2024, 2, 7, 10)],
  ['2024-03-07T10:00:00+09:00', Date.UTC(2024, 2, 7, 1)],
  ['2024-03-07T01:00:00.001Z', Date.UTC(2024, 2, 7, 1, 0, 0, 1)],
  ['Thu, 07 Mar 2024 01:00:00 GMT', Date.UTC(2024, 2, 7, 1)],
  ['March 7, 2024 10:00', Date.UTC(2024, 2, 7, 10)],
  ['3/7/2024', Date.UTC(2024, 2, 7)],
]);
/** What `fields` can hold and a column cannot. */
const FAR = new Map([
  ['-000044-03-15T00:00:00Z', -63_549_360_000_000],
  ['+275760-09-13T00:00:00.000Z', 8_640_000_000_000_000],
]);
const EVERY_INSTANT = new Map([...INSTANTS, ...FAR, ['2024-03-07T00:00:00.000Z', Date.UTC(2024, 2, 7)]]);

const WORDS = [
  ...[
    'pay',
    'Payment',
    'PAYMENT failed',
    'ab',
    'x',
    'Ünïcode',
    '결제 오류',
    '💥 boom',
    'two\nlines',
    'lines',
  ],
  ...['100%', '%', '_', 'a_b', 'back\\slash', "'; drop table feedback; --", '$1', '"quoted"', '{"a":1}', ''],
  ...['5', '2024-03-07', 'ios', 'ui'],
];
const OPTIONS = ['ios', 'web', 'ui', "it's"];
const NUMBERS = [-1, 0, 1, 5, 5.5, 1e21, 123456789.25, Number.MIN_VALUE];
const LINKS = ['https://a.example/100%.png', 'https://B.example/x_y.jpg', 'no link'];
const SYSTEM: readonly NewField[] = [
  { key: 'who', name: 'Who', format: 'keyword', editable: false, systemColumn: 'author_name' },
  { key: 'mail', name: 'Mail', format: 'keyword', editable: false, systemColumn: 'author_email' },
  { key: 'said', name: 'Said', format: 'date', editable: false, systemColumn: 'submitted_at' },
  { key: 'done', name: 'Done', format: 'date', editable: false, systemColumn: 'resolved_at' },
  { key: 'feeling', name: 'Feeling', format: 'number', editable: false, systemColumn: 'sentiment' },
  { key: 'consent', name: 'Consent', format: 'boolean', editable: false, systemColumn: 'contact_consent' },
  { key: 'labels', name: 'Labels', format: 'multiSelect', editable: true, systemColumn: 'labels' },
  { key: 'note', name: 'Note', format: 'text', editable: true, systemColumn: 'resolution_note' },
  { key: 'level', name: 'Level', format: 'select', editable: true, systemColumn: 'severity' },
].map((field) => ({ ...field, options: withOptions(field.format) }) as NewField);

function withOptions(format: string) {
  return /select/i.test(format) ? OPTIONS.map((key) => ({ key, name: `The ${key}` })) : [];
}

const anyFormat = fc.constantFrom(
  'text',
  'keyword',
  'number',
  'boolean',
  'select',
  'multiSelect',
  'date',
  'images',
);
const anySchema = fc
  .tuple(
    fc.uniqueArray(anyFormat, { minLength: 3 }),
    fc.array(anyFormat, { maxLength: 4 }),
    fc.subarray([...SYSTEM]),
  )
  .map(([once, more, system]) => [
    ...[...once, ...more].map((format, index) => ({
      ...{ key: `${format}_${index}`, name: `Field ${index}`, format, editable: true },
      options: withOptions(format),
    })),
    ...system,
  ]);

/** A value that the field takes. */
function anyValue({ key, format, systemColumn }: NewField | SchemaField): fc.Arbitrary<unknown> {
  switch (format) {
    case 'text':
      return fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(' '));
    case 'keyword':
      return key === 'mail' ? fc.constantFrom('A@example.com', 'a@example.com') : fc.constantFrom(...WORDS);
    case 'number':
      return systemColumn ? fc.constantFrom(-1, 0, 1) : fc.constantFrom(...NUMBERS);
    case 'boolean':
      return fc.boolean();
    case 'select':
      return fc.constantFrom(null, ...OPTIONS);
    case 'multiSelect':
      return fc.subarray(OPTIONS);
    case 'date':
      if (key === 'said') return fc.constantFrom('2024-03-07T00:00:00.000Z');
      return fc.constantFrom(null, ...INSTANTS.keys(), ...(systemColumn ? [] : FAR.keys()));
    case 'images':
      return fc.array(fc.constantFrom<unknown>(...LINKS, 7, { url: LINKS[0] }), { maxLength: 2 });
  }
}

const anyText = fc.oneof(
  fc.constantFrom(
    ...WORDS,
    'AYM',
    'nt f',
    'ÜNÏ',
    '제 오',
    'o\nl',
    'a%b',
    'mail',
    ' ',
    '!!!',
    'a-b',
    '5.50',
    '-1',
  ),
  fc.constantFrom(...EVERY_INSTANT.keys()),
  fc.string({ maxLength: 4 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
);

interface World {
  readonly schema: ChannelSchema;
  readonly feedbacks: readonly PlainFeedback[];
  readonly issues: ReadonlyMap<number, string>;
}

function anyCondition({ schema, feedbacks, issues }: World): fc.Arbitrary<Condition & PlainCondition> {
  const { fields } = schema;
  const of = (...formats: string[]) => fields.filter(({ format }) => formats.includes(format));
  const over = <T>(some: readonly SchemaField[], make: (field: SchemaField) => fc.Arbitrary<T>) =>
    some.length === 0 ? [] : [fc.constantFrom(...some).chain(make)];
  const ids = fc.array(fc.constantFrom(...issues.keys(), 999_999), { maxLength: 3 });
  const options = fc.array(fc.constantFrom(...OPTIONS, 'gone'), { maxLength: 2 });
  const moment = fc.constantFrom(undefined, ...EVERY_INSTANT.values(), Date.UTC(2024, 2, 7, 1, 0, 0, 2));
  const number = fc.constantFrom(undefined, ...NUMBERS, 1.5);
  const range = (field: PlainTarget & (SchemaField | string), bound: fc.Arbitrary<number | undefined>) =>
    fc.tuple(bound, bound).map(([from, before]) => ({ kind: 'range', field, from, before }));
  const leaf = fc.oneof(
    anyText.map((text) => ({ kind: 'text', text })),
    ...over(fields, (field) => anyText.map((text) => ({ kind: 'text', text, field }))),
    ...over(of('text', 'keyword', 'images'), (field) =>
      anyText.map((value) => ({ kind: 'contains', field, value })),
    ),
    ...over(of('text', 'keyword', 'select'), (field) =>
      anyText.map((value) => ({ kind: 'equals', field, value })),
    ),
    ...over(of('text', 'keyword', 'number', 'boolean', 'select'), (field) =>
      anyValue(field)
        .filter((value) => value !== null)
        .map((value) => ({ kind: 'equals', field, value })),
    ),
    ...over(of('multiSelect'), (field) =>
      fc
        .tuple(fc.constantFrom('contains', 'equals'), options)
        .map(([kind, value]) => ({ kind, field, value })),
    ),
    ...over(of('number'), (field) => range(field, number)),
    ...over(of('date'), (field) => range(field, moment)),
    fc.constantFrom('createdAt' as const, 'updatedAt' as const).chain((field) => range(field, moment)),
    range(
      'id',
      fc.constantFrom(undefined, -1e300, ...feedbacks.slice(0, 20).map(({ id }) => id + 0.5), 1e300),
    ),
    fc
      .subarray([...feedbacks.map(({ id }) => id), 0.5, -1, 1e300])
      .map((some) => ({ kind: 'ids', ids: some })),
    fc
      .tuple(fc.constantFrom('any', 'all', 'exactly'), ids)
      .map(([match, some]) => ({ kind: 'issues', match, ids: some })),
    fc.constantFrom(...issues.values(), 'unknown').map((name) => ({ kind: 'issue-name', name })),
  ) as fc.Arbitrary<Condition & PlainCondition>;
  return fc.letrec<{ node: Condition & PlainCondition }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.constantFrom('all', 'any'), fc.array(tie('node'), { maxLength: 3 }))
        .map(([kind, parts]) => ({ kind, of: parts }) as Condition & PlainCondition),
    ),
  })).node;
}

describe('a search', () => {
  const app = testApp();
  let account: SeededAccount;
  let projectId: number;

  beforeAll(async () => {
    account = await app.seed.account();
    projectId = (await app.seed.project(account)).id;
  });

  async function makeWorld(
    name: string,
    fields: readonly NewField[],
    rows: number,
    seed: number,
  ): Promise<World> {
    const channels = app.server.app.get(ChannelsService);
    const channel = await channels.create(account.system, projectId, {
      name,
      dialect: 'user-feedback',
      fields,
    });
    const schema = await channels.schema(account.system, projectId, channel.id);
    const writer = { ...account.system, projectId, channelId: channel.id };
    const row = fc.record({
      values: fc.record(Object.fromEntries(fields.map((field) => [field.key, anyValue(field)])), {
        requiredKeys: [],
      }),
      createdAt: fc.constantFrom(...INSTANTS.values()),
      updatedAt: fc.constantFrom(...INSTANTS.values()),
      names: fc.subarray(['Pay', "Bob's", '%']),
    });
    const sent = fc.sample(row, { numRuns: rows, seed });
    const made = await Promise.all(
      sent.map(async ({ values, createdAt, names }) => {
        for (const field of schema.fields) {
          if (Object.hasOwn(values, field.key))
            expect(checkFieldValue(field, values[field.key])).toBeUndefined();
        }
        const { result } = await app.server.app.get(FeedbackService).create(writer, {
          ...toStored(schema, values),
          dialect: 'user-feedback',
          createdAt: new Date(createdAt),
          issueNames: names,
        });
        return result;
      }),
    );
    const issues = new Map(
      (
        await app.query<{ id: number; name: string }>('select id, name from issue where project_id = $1', [
          projectId,
        ])
      ).map(({ id, name: issue }) => [id, issue] as const),
    );
    for (const [index, { updatedAt }] of sent.entries()) {
      await app.query('update feedback set updated_at = $2 where id = $1', [
        made[index],
        new Date(updatedAt),
      ]);
    }
    const feedbacks = sent.map(({ values, names, ...times }, index) => ({
      ...times,
      id: made[index]!,
      values: asShown(schema, values, times.createdAt),
      issues: new Map([...issues].filter(([, issue]) => names.includes(issue))),
    }));
    return { schema, feedbacks, issues };
  }

  it.each([
    [1, 80],
    [2, 60],
    [3, 60],
  ])('answers what a plain look at every feedback answers (schema %d)', async (seed, rows) => {
    const [fields] = fc.sample(anySchema, { numRuns: 1, seed });
    const world = await makeWorld(`Random ${seed}`, fields as NewField[], rows, seed);
    // Its neighbour has the same keys with values of other formats: no cast may ever meet them.
    await makeWorld(`Neighbour ${seed}`, twisted(fields as NewField[]), 20, seed);
    const { schema, feedbacks } = world;
    const plain = new PlainSearch(schema.fields, EVERY_INSTANT);
    const search = app.server.app.get(FeedbackSearchService);
    const sortable = schema.fields.filter(({ format }) => /^(number|date|keyword|select)$/.test(format));
    const anySort = fc.uniqueArray(
      fc.record({
        by: fc.constantFrom<SchemaField | 'id' | 'createdAt' | 'updatedAt'>(
          'id',
          'createdAt',
          'updatedAt',
          ...sortable,
        ),
        direction: fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
      }),
      { maxLength: 2, selector: ({ by }) => (typeof by === 'string' ? by : by.key) },
    );
    const anyPage = fc.record({ limit: fc.constantFrom(1, 7, 1000), page: fc.constantFrom(1, 2, 5) });
    await fc.assert(
      fc.asyncProperty(
        anyCondition(world),
        anySort,
        anyPage,
        async (where, sort: readonly Sort[], paging) => {
          const found = await search.page(account.system, schema, { where, sort }, paging);
          const all = plain.sorted(
            feedbacks.filter((feedback) => plain.matches(feedback, where)),
            sort,
          );
          const start = (paging.page - 1) * paging.limit;
          expect(found.total).toBe(all.length);
          expect(found.items.map(({ feedback }) => feedback.id)).toEqual(
            all.slice(start, start + paging.limit).map(({ id }) => id),
          );
          for (const { feedback, issues } of found.items) {
            const one = feedbacks.find(({ id }) => id === feedback.id)!;
            expect(valuesOf(schema, feedback)).toEqual(one.values);
            expect(issues.map(({ id }) => id)).toEqual([...one.issues.keys()].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: 200, seed },
    );
  });

  it('puts no value and no key of a field into the SQL', () => {
    const hostile = `zzq'"$1--`;
    const field = { key: 'zzq', systemColumn: null };
    const conditions = (text: string): Condition[] => [
      { kind: 'text', text },
      ...(['text', 'keyword', 'images'] as const).map((format): Condition => ({
        kind: 'contains',
        field: { ...field, format },
        value: text,
      })),
      ...(['text', 'keyword', 'select', 'date'] as const).map((format): Condition => ({
        kind: 'equals',
        field: { ...field, format },
        value: text,
      })),
      { kind: 'contains', field: { ...field, format: 'multiSelect' }, value: [text] },
      { kind: 'equals', field: { ...field, format: 'multiSelect' }, value: [text] },
      { kind: 'range', field: { ...field, format: 'number' }, from: 4711, before: 4712 },
      { kind: 'range', field: { ...field, format: 'date' }, from: new Date(4711) },
      { kind: 'issue-name', name: text },
      { kind: 'issues', match: 'exactly', ids: [4711] },
      { kind: 'ids', ids: [4711] },
    ];
    const searchable = (['text', 'keyword', 'number', 'multiSelect', 'date'] as const).map((format) => ({
      ...field,
      format,
    }));
    const compile = (condition: Condition) => compileCondition(condition, searchable, new Parameters());
    for (const condition of conditions(hostile)) expect(compile(condition)).not.toMatch(/zzq|471\d/);
    expect(conditions(hostile).map(compile)).toEqual(conditions('other words').map(compile));
  });

  it.each([
    ['pay', true],
    ['결제오', true],
    ['pa', false],
    ['%%%%', false],
    ['a-b c!', false],
    ['!!!', false],
  ])('for %j reaches the index of text: %s', async (text, indexed) => {
    const parameters = new Parameters();
    const field = { key: 'message', format: 'text', systemColumn: null } as const;
    const sql = compileCondition({ kind: 'text', text }, [field], parameters);
    const plan = await explain(sql, parameters.values);
    expect(plan.includes('feedback_search_idx')).toBe(indexed);
  });

  async function explain(sql: string, values: readonly unknown[]): Promise<string> {
    const { source } = app.server.app.get(Database);
    return source.transaction(async (manager) => {
      await manager.query('set local enable_seqscan = off');
      const rows = (await manager.query(`explain select from feedback f where ${sql}`, [
        ...values,
      ])) as object[];
      return JSON.stringify(rows);
    });
  }

  it('counts and pages exactly on both sides of what is collected at once', async () => {
    const channel = await app.server.app.get(ChannelsService).create(account.system, projectId, {
      ...{ name: 'Many', dialect: 'user-feedback' },
      fields: [
        { key: 'n', name: 'N', format: 'number', editable: true },
        { key: 'message', name: 'Message', format: 'text', editable: true },
      ],
    });
    const schema = await app.server.app.get(ChannelsService).schema(account.system, projectId, channel.id);
    await app.query(
      `insert into feedback (project_id, id, channel_id, dialect, fields, search_text, submitted_at, created_at, updated_at)
       select $1, 1000000 + n, $2, 'user-feedback', jsonb_build_object('n', n % 100, 'message', 'm' || n), 'm' || n, t, t, t
       from generate_series(1, 10200) n, lateral (select timestamptz '2024-01-01' + n * interval '1 second') as x (t)`,
      [projectId, channel.id],
    );
    const number = schema.fields[0]!;
    const page = async (before: number, sort: readonly Sort[], paging: { limit: number; page: number }) => {
      const where: Condition = { kind: 'range', field: number, before };
      const found = await app.server.app
        .get(FeedbackSearchService)
        .page(account.system, schema, { where, sort }, paging);
      return [found.total, found.items.map(({ feedback }) => feedback.id - 1_000_000)];
    };
    const newest = { limit: 2, page: 1 };
    expect(await page(98, [], newest)).toEqual([9_996, [10_200, 10_197]]);
    expect(await page(100, [], newest)).toEqual([10_200, [10_200, 10_199]]);
    const byNumber: readonly Sort[] = [{ by: number, direction: 'desc' }];
    expect(await page(98, byNumber, newest)).toEqual([9_996, [10_197, 10_097]]);
    expect(await page(100, byNumber, { limit: 2, page: 52 })).toEqual([10_200, [10_198, 10_098]]);
    expect(await page(100, [], { limit: 1000, page: 11 })).toEqual([
      10_200,
      Array.from({ length: 200 }, (_, n) => 200 - n),
    ]);
    expect(await page(100, [], { limit: 1000, page: Number.MAX_SAFE_INTEGER })).toEqual([10_200, []]);
    expect(await page(98, [], { limit: 1000, page: Number.MAX_SAFE_INTEGER })).toEqual([9_996, []]);
  });

  it('that takes longer than a statement may is told so, and is not called our failure', async () => {
    const schema = await app.server.app
      .get(ChannelsService)
      .schema(account.system, projectId, await anyChannel());
    const { source } = app.server.app.get(Database);
    const locker = source.createQueryRunner();
    await locker.query('begin');
    try {
      await locker.query('lock table feedback in access exclusive mode');
      const db = app.server.app.get(Database);
      await expect(
        db.transaction(async () => {
          await db.query(`set local statement_timeout = '50ms'`);
          await app.server.app
            .get(FeedbackSearchService)
            .page(
              account.system,
              schema,
              { where: { kind: 'all', of: [] }, sort: [] },
              { limit: 1, page: 1 },
            );
        }),
      ).rejects.toMatchObject({ code: 'unprocessable', subject: 'search' });
    } finally {
      await locker.query('rollback');
      await locker.release();
    }
  });

  async function anyChannel(): Promise<number> {
    const [row] = await app.query<{ id: number }>('select id from channel where project_id = $1 limit 1', [
      projectId,
    ]);
    return row!.id;
  }
});

/** The values as they are shown again: columns do not tell null from never said, and give dates in ISO form. */
function asShown(
  { fields }: ChannelSchema,
  sent: Readonly<Record<string, unknown>>,
  createdAt: number,
): Record<string, unknown> {
  const values: Record<string, unknown> = { ...sent };
  for (const { key, format, systemColumn } of fields) {
    if (systemColumn === null) continue;
    if (values[key] === null) delete values[key];
    if (format === 'date' && values[key] !== undefined) {
      values[key] = new Date(EVERY_INSTANT.get(values[key] as string)!).toISOString();
    }
    if (systemColumn === 'submitted_at') values[key] ??= new Date(createdAt).toISOString();
  }
  for (const value of Object.values(values)) {
    if (typeof value === 'string' && value.endsWith('Z'))
      EVERY_INSTANT.set(value, EVERY_INSTANT.get(value) ?? Date.parse(value));
  }
  return values;
}

/** The same keys under other formats. */
function twisted(fields: readonly NewField[]): NewField[] {
  const own = fields.filter((field) => field.systemColumn === undefined);
  return own.map((field, index) => {
    const { format } = own[(index + 1) % own.length]!;
    return { ...field, format, options: withOptions(format) };
  });
}
