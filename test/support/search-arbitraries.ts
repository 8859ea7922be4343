import fc from 'fast-check';
import type { ChannelSchema, SchemaField } from '#libs/channels/channel-schema.js';
import type { FieldFormat } from '#libs/channels/field.entity.js';
import type { NewField } from '#libs/channels/new-field.js';
import type { Condition, Sort } from '#libs/feedback/search/feedback-query.js';
import type { PlainCondition, PlainFeedback, PlainTarget } from './plain-search.js';

/** Dates as people send them, and the moments that they mean: UTC where nothing else is said. */
export const INSTANTS = new Map([
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
export const EVERY_INSTANT = new Map([
  ...INSTANTS,
  ...FAR,
  ['2024-03-07T00:00:00.000Z', Date.UTC(2024, 2, 7)],
]);

const WORDS = [
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
  '100%',
  '%',
  '_',
  'a_b',
  'back\\slash',
  "'; drop table feedback; --",
  '$1',
  '"quoted"',
  '{"a":1}',
  '',
  '5',
  '2024-03-07',
  'ios',
  'ui',
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
  { key: 'level', name: 'Level', format: 'select', editable: true, systemColumn: 'category' },
].map((field) => withOptions(field as NewField));

function withOptions(field: NewField): NewField {
  if (!/select/i.test(field.format)) return field;
  return { ...field, options: OPTIONS.map((key) => ({ key, name: `The ${key}` })) };
}

const anyFormat = fc.constantFrom<FieldFormat[]>(
  'text',
  'keyword',
  'number',
  'boolean',
  'select',
  'multiSelect',
  'date',
  'images',
);
/** Every few formats, some of them twice, and some system fields. */
export const anySchema: fc.Arbitrary<NewField[]> = fc
  .tuple(
    fc.uniqueArray(anyFormat, { minLength: 3 }),
    fc.array(anyFormat, { maxLength: 4 }),
    fc.subarray([...SYSTEM]),
  )
  .map(([once, more, system]) => once.concat(more).map(ownField).concat(system));

function ownField(format: FieldFormat, index: number): NewField {
  return withOptions({ key: `${format}_${index}`, name: `Field ${index}`, format, editable: true });
}

/** The same keys under other formats. */
export function twisted(fields: readonly NewField[]): NewField[] {
  const own = fields.filter((field) => field.systemColumn === undefined);
  const formats = own.map(({ format }) => format);
  return own.map(({ key, name }, index) =>
    withOptions({ key, name, format: formats[(index + 1) % own.length]!, editable: true }),
  );
}

/** A value that the field takes. */
export function anyValue({ key, format, systemColumn }: NewField | SchemaField): fc.Arbitrary<unknown> {
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

export interface World {
  readonly schema: ChannelSchema;
  readonly feedbacks: readonly PlainFeedback[];
  readonly issues: ReadonlyMap<number, string>;
}

export function anyCondition({ schema, feedbacks, issues }: World): fc.Arbitrary<Condition & PlainCondition> {
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

/** Up to two keys. */
export function anySort(schema: ChannelSchema): fc.Arbitrary<Sort[]> {
  const sortable = schema.fields.filter(({ format }) => /^(number|date|keyword|select)$/.test(format));
  return fc.uniqueArray(
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
}
