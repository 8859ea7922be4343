import type { ApiBodyOptions, ApiPropertyOptions } from '@nestjs/swagger';

type SchemaObject = NonNullable<Extract<ApiBodyOptions, { schema: unknown }>['schema']>;
type Schema = Extract<ApiPropertyOptions, { type?: unknown }> & Record<string, unknown>;

/** A schema as it is written in a document. */
const written = (schema: object): Schema => schema as Schema;

const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT, maxItems: 1000 };
const IDS = { type: 'array', items: { type: 'integer' }, maxItems: 1000 };
const DATE_RANGE = {
  type: 'object',
  description: 'From `gte` on, up to and without `lt`; one of them may be left out. ISO dates or date-times.',
  properties: { gte: TEXT, lt: TEXT },
  minProperties: 1,
};
const NUMBER_RANGE = {
  type: 'object',
  description: 'From `gte` on, up to and without `lt`; one of them may be left out.',
  properties: { gte: { type: 'number' }, lt: { type: 'number' } },
  minProperties: 1,
};

export const SORT = written({
  type: 'object',
  additionalProperties: { type: 'string', enum: ['ASC', 'DESC'] },
  example: { createdAt: 'ASC' },
});

/** The `query` of the first search. */
export const QUERY_V1 = written({
  type: 'object',
  properties: {
    searchText: { ...TEXT, description: 'What a person would type: looked for in every field.' },
    fieldKey: { ...TEXT, description: 'The one field that `searchText` is looked for in.' },
    issueName: { ...TEXT, description: 'The exact name of an issue.' },
    ids: { ...IDS, description: 'Any of these feedbacks.' },
    issueIds: { ...IDS, description: 'Linked to any of these issues.' },
    createdAt: DATE_RANGE,
    updatedAt: DATE_RANGE,
  },
  additionalProperties: {
    description:
      'By field key. text: contains; keyword, select, number: equals; multiSelect: has all; images: links that ' +
      'contain all; date: a range.',
    anyOf: [TEXT, { type: 'number' }, TEXTS, DATE_RANGE],
  },
  example: {
    searchText: 'payment',
    createdAt: { gte: '2023-01-01', lt: '2023-12-31' },
    updatedAt: { gte: '2023-01-01', lt: '2023-12-31' },
  },
});

const query = (title: string, condition: readonly string[], value: object, key: object = TEXT) => ({
  type: 'object',
  title,
  required: ['key', 'value', 'condition'],
  properties: { key, value, condition: { type: 'string', enum: condition } },
});

/** The `queries` of the second search: which conditions there are is a matter of the field's format. */
export const QUERIES_V2 = written({
  type: 'array',
  maxItems: 100,
  items: {
    anyOf: [
      query('text, keyword', ['IS', 'CONTAINS'], TEXT),
      query('number is', ['IS'], { type: 'number' }),
      query('number between', ['BETWEEN'], NUMBER_RANGE),
      query('select', ['IS'], TEXT),
      query('multiSelect', ['IS', 'CONTAINS'], TEXTS),
      query('date, createdAt, updatedAt', ['BETWEEN'], DATE_RANGE),
      query('images', ['CONTAINS'], TEXT),
      query('ids', ['IS', 'CONTAINS'], IDS, { type: 'string', enum: ['ids'] }),
      {
        ...query('issueIds', ['IS', 'CONTAINS'], IDS, { type: 'string', enum: ['issueIds'] }),
        properties: {
          key: { type: 'string', enum: ['issueIds'] },
          value: IDS,
          condition: { type: 'string', enum: ['IS', 'CONTAINS'] },
          ids: { ...IDS, description: 'Feedbacks that are found, too.' },
        },
      },
    ],
  },
  example: [{ key: 'message', value: 'payment', condition: 'CONTAINS' }],
});

/** The `query` of the search for issues. */
export const ISSUE_QUERY = written({
  type: 'object',
  properties: {
    searchText: { ...TEXT, description: 'A part of name, description or external id; or the id.' },
    id: { type: 'integer' },
    name: { ...TEXT, description: 'Contains.' },
    description: { ...TEXT, description: 'Contains.' },
    status: { ...TEXT, description: 'Contains.' },
    externalIssueId: { ...TEXT, description: 'Contains.' },
    feedbackCount: { anyOf: [TEXT, { type: 'integer' }], description: 'Contains, in digits.' },
    statuses: { ...TEXTS, description: 'Any of these.' },
    categoryId: { type: ['integer', 'null'], description: 'Sorted under this category; null: under none.' },
    createdAt: DATE_RANGE,
    updatedAt: DATE_RANGE,
  },
  example: { name: 'issue name' },
});

/** A feedback as it is read: its values by field key, and what every feedback has. */
export const FOUND_FEEDBACK = {
  type: 'object',
  required: ['id', 'createdAt', 'updatedAt', 'issues'],
  properties: {
    id: { type: 'integer' },
    createdAt: { type: 'string', format: 'date-time' },
    updatedAt: { type: 'string', format: 'date-time' },
    issues: { type: 'array', items: { $ref: '#/components/schemas/IssueOfFeedback' } },
  },
  additionalProperties: true,
  example: {
    message: 'feedback message',
    id: 1,
    createdAt: '2023-01-01T00:00:00.000Z',
    updatedAt: '2023-01-01T00:00:00.000Z',
    issues: [],
  },
} as SchemaObject;

const ISSUE_NAMES = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 30 },
  maxItems: 100,
};
const BY_FIELD = { description: 'The value of a field, by its key.' };

/** A feedback as it is written. */
export const SAID_FEEDBACK = {
  type: 'object',
  properties: {
    issueNames: ISSUE_NAMES,
    createdAt: { type: ['string', 'null'], description: 'When it was said; left out: now.' },
  },
  additionalProperties: BY_FIELD,
  example: { message: 'feedback message', issueNames: ['issue name 1', 'issue name 2'] },
} as SchemaObject;

/** What of a feedback is to change. */
export const CHANGED_FEEDBACK = {
  type: 'object',
  properties: { issueNames: ISSUE_NAMES },
  additionalProperties: BY_FIELD,
  example: { message: 'updated feedback message', issueNames: ['issue name 1'] },
} as SchemaObject;

/** A new feedback as a form. */
export const FEEDBACK_FORM = {
  type: 'object',
  properties: {
    issueNames: ISSUE_NAMES,
    createdAt: { type: 'string', description: 'When it was said; left out: now.' },
  },
  additionalProperties: {
    description:
      'By field key: images of an images field (JPEG, PNG, GIF or WebP, at most 1 MiB each, at most 10 in all), or ' +
      'the value of another one; lists as repeated parts, or as one that holds a JSON array.',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string', format: 'binary' } }],
  },
  example: {
    message: 'feedback message',
    issueNames: ['issue name 1', 'issue name 2'],
    images: ['image file 1', 'image file 2'],
  },
} as SchemaObject;
