import type { Channel } from './channel.entity.js';
import type { ChannelSchema, SchemaField } from './channel-schema.js';
import type { FieldFormat } from './field.entity.js';
import { checkFieldValue, toStored, valuesOf } from './field-values.js';
import { fieldProblems } from './new-field.js';

const NOW = new Date('2026-11-22T10:00:00Z');

function field(key: string, format: FieldFormat, more: Partial<SchemaField> = {}): SchemaField {
  const options = ['ios', 'web'].map((option, position) => ({
    projectId: 1,
    id: option,
    fieldId: key,
    key: option,
    name: option,
    position,
    removedAt: null,
  }));
  return {
    projectId: 1,
    id: key,
    channelId: 1,
    key,
    name: key,
    description: null,
    format,
    editable: true,
    active: true,
    personal: false,
    systemColumn: null,
    position: 0,
    createdAt: NOW,
    updatedAt: NOW,
    options: /select/i.test(format) ? options : [],
    ...more,
  };
}

describe('checkFieldValue', () => {
  it.each<[FieldFormat, readonly unknown[], readonly unknown[]]>([
    ['text', ['', 'x'], [null, 1, ['x'], undefined]],
    ['keyword', ['', 'x'], [null, 1, {}, undefined]],
    ['number', [0, -1.5, 1e308], [null, '1', NaN, Infinity, true]],
    ['boolean', [true, false], [null, 'true', 1]],
    ['select', [null, 'ios'], ['', 'gone', ['ios'], 1, undefined]],
    ['multiSelect', [[], ['ios'], ['web', 'ios']], [null, 'ios', ['gone'], ['ios', null], {}]],
    [
      'date',
      [null, '2024-03-07', 'Mar 7, 2024', '-000044-03-15'],
      [1, '', 'soon', ['2024-03-07'], '2024-13-01'],
    ],
    ['images', [[], ['https://a.example/1.png'], ['no link', 1]], [null, 'https://a.example/1.png', {}]],
  ])('of %s takes what the format says and nothing else', (format, good, bad) => {
    for (const value of good) expect(checkFieldValue(field('f', format), value)).toBeUndefined();
    for (const value of bad) expect(checkFieldValue(field('f', format), value)).toEqual({ kind: 'value' });
  });

  it('takes links of the hosts that are listed, to the letter', () => {
    const check = (link: unknown) =>
      checkFieldValue(field('f', 'images'), ['https://a.example/0.png', link], { imageHosts: ['a.example'] });
    expect(check('http://A.example:8080/x?y')).toBeUndefined();
    expect(check('https://sub.a.example/x')).toEqual({ kind: 'image-host', host: 'sub.a.example' });
    expect(check('https://a.example@evil.example/x')).toEqual({ kind: 'image-host', host: 'evil.example' });
    expect(check('//a.example/x')).toEqual({ kind: 'value' });
    expect(check(7)).toEqual({ kind: 'value' });
  });

  it('refuses a date that a column cannot hold', () => {
    const mirrored = field('f', 'date', { systemColumn: 'submitted_at' });
    expect(checkFieldValue(mirrored, '2024-03-07')).toBeUndefined();
    expect(checkFieldValue(mirrored, '+275760-01-01')).toEqual({ kind: 'value' });
  });
});

describe('toStored and valuesOf', () => {
  const schema: ChannelSchema = {
    channel: {} as Channel,
    automatic: [],
    fields: [
      field('message', 'text'),
      field('visited', 'date'),
      field('note', 'text', { systemColumn: 'resolution_note' }),
      field('said', 'date', { systemColumn: 'submitted_at' }),
      field('os', 'select'),
      field('toString', 'keyword'),
    ],
  };

  it('keep a date as it was sent, and the moment beside it', () => {
    const stored = toStored(schema, { visited: '2024-03-07', os: null, other: 1 });
    expect(stored).toEqual({
      fields: { visited: '2024-03-07', 'visited@': Date.UTC(2024, 2, 7), os: null },
      columns: {},
      texts: [],
    });
    expect(valuesOf(schema, { fields: stored.fields })).toEqual({ visited: '2024-03-07', os: null });
    expect(toStored(schema, { visited: null }).fields).toEqual({ visited: null, 'visited@': null });
  });

  it('send system fields to their columns and back, and collect the texts of both kinds', () => {
    const stored = toStored(schema, { message: 'Hi', note: 'Done', said: '2024-03-07T10:00+09:00' });
    const saidAt = new Date('2024-03-07T01:00:00Z');
    expect(stored).toEqual({
      fields: { message: 'Hi' },
      columns: { resolutionNote: 'Done', submittedAt: saidAt },
      texts: ['Hi', 'Done'],
    });
    expect(valuesOf(schema, { fields: stored.fields, ...stored.columns })).toEqual({
      message: 'Hi',
      note: 'Done',
      said: '2024-03-07T01:00:00.000Z',
    });
  });

  it('leave out what was never said, inherited members too', () => {
    expect(toStored(schema, {})).toEqual({ fields: {}, columns: {}, texts: [] });
    expect(valuesOf(schema, { fields: {}, resolutionNote: null })).toEqual({});
  });
});

describe('fieldProblems', () => {
  const fine = { key: 'message_2', name: 'Message', format: 'select' } as const;
  it.each<[Parameters<typeof fieldProblems>[0], string[]]>([
    [fine, []],
    [{ ...fine, key: 'a-b', name: 'Issue' }, ['key', 'name']],
    [{ ...fine, key: '' }, ['key']],
    ...['id', 'ids', 'issues', 'issueIds', 'createdAt', 'updatedAt', 'issueNames', '__proto__'].map(
      (key): [typeof fine, string[]] => [{ ...fine, key } as unknown as typeof fine, ['key']],
    ),
    [{ ...fine, format: 'text', options: [{ key: 'a', name: 'A' }] }, ['options']],
    [
      {
        ...fine,
        options: [
          { key: 'a', name: 'A' },
          { key: 'a', name: 'A' },
        ],
      },
      ['options.1.key', 'options.1.name'],
    ],
  ])('of %j are of %j', (input, members) => {
    expect(fieldProblems(input).map((problem) => problem.field)).toEqual(members);
  });
});
