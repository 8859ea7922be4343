import type { ChannelSchema, SchemaField } from '#libs/channels/channel-schema.js';
import type { FieldFormat } from '#libs/channels/field.entity.js';
import type { Condition } from '#libs/feedback/search/feedback-query.js';
import { asObject, refused } from '../refuse.js';
import {
  readBoolean,
  readDateRange,
  readIds,
  readNumber,
  readNumberRange,
  readText,
  readTexts,
} from './read-values.js';

const CONDITIONS = ['IS', 'CONTAINS', 'BETWEEN'] as const;
type Sign = (typeof CONDITIONS)[number];

const OPERATORS: Readonly<Record<string, 'all' | 'any'>> = { AND: 'all', OR: 'any' };
const MOST_QUERIES = 100;

/** What the second search asks: `queries` joined by the operator, and every one of `defaultQueries`. */
export interface QueriesV2 {
  readonly queries?: unknown;
  readonly defaultQueries?: unknown;
  readonly operator?: unknown;
}

/** Which conditions mean something for a format. */
const MEANINGS = {
  text: ['IS', 'CONTAINS'],
  keyword: ['IS', 'CONTAINS'],
  number: ['IS', 'BETWEEN'],
  boolean: ['IS'],
  select: ['IS'],
  multiSelect: ['IS', 'CONTAINS'],
  date: ['BETWEEN'],
  images: ['CONTAINS'],
} as const satisfies Record<FieldFormat, readonly Sign[]>;

/** The same for what every feedback has. */
const OWN = {
  id: ['IS', 'BETWEEN'],
  ids: ['IS', 'CONTAINS'],
  issueIds: ['IS', 'CONTAINS'],
  createdAt: ['BETWEEN'],
  updatedAt: ['BETWEEN'],
} as const satisfies Record<string, readonly Sign[]>;

/** @throws DomainError invalid */
export function readQueriesV2(schema: ChannelSchema, body: QueriesV2): Condition {
  const { operator } = body;
  const kind = operator == null ? 'all' : readOperator(operator);
  const queries = readQueries(schema, 'queries', body.queries);
  const always = readQueries(schema, 'defaultQueries', body.defaultQueries);
  // Without any query there is nothing to fulfil, whatever joins them.
  return { kind: 'all', of: queries.length > 0 ? [{ kind, of: queries }, ...always] : always };
}

function readOperator(operator: unknown): 'all' | 'any' {
  const kind = typeof operator === 'string' && Object.hasOwn(OPERATORS, operator) && OPERATORS[operator];
  if (!kind) throw refused('Invalid operator');
  return kind;
}

function readQueries(schema: ChannelSchema, name: string, queries: unknown): Condition[] {
  if (queries == null) return [];
  if (!Array.isArray(queries)) throw refused(`${name} must be an array`);
  if (queries.length > MOST_QUERIES)
    throw refused(`${name} must contain no more than ${MOST_QUERIES} elements`);
  return queries.map((query) => readQuery(schema, asObject(query)));
}

function readQuery(schema: ChannelSchema, query: Readonly<Record<string, unknown>>): Condition {
  const { key, value, condition, ids } = query;
  if (typeof key !== 'string') throw refused('key must be string');
  const field = schema.fields.find((each) => each.key === key);
  const isOwn = Object.hasOwn(OWN, key);
  if (!field && !isOwn) throw refused(`invalid key in query: ${key}`);
  const sign = readSign(key, condition, field ? MEANINGS[field.format] : OWN[key as keyof typeof OWN]);
  if (field) return readField(schema, field, value, sign);
  const own = readOwn(schema, key as keyof typeof OWN, value, sign);
  // With the ids of feedbacks beside it, a query for issues finds those as well.
  if (key !== 'issueIds' || ids == null) return own;
  return { kind: 'any', of: [own, { kind: 'ids', ids: readIds('ids', ids) }] };
}

function readSign(key: string, condition: unknown, meanings: readonly Sign[]): Sign {
  const sign = CONDITIONS.find((each) => each === condition);
  if (!sign)
    throw refused(`condition must be one of the following values: ${CONDITIONS.join(', ')} (key: ${key})`);
  if (!meanings.includes(sign)) {
    throw refused(`condition must be one of the following values: ${meanings.join(', ')} (key: ${key})`);
  }
  return sign;
}

function readOwn(schema: ChannelSchema, key: keyof typeof OWN, value: unknown, sign: Sign): Condition {
  switch (key) {
    case 'ids':
      return { kind: 'ids', ids: readIds(key, value) };
    case 'issueIds':
      return { kind: 'issues', match: sign === 'IS' ? 'exactly' : 'all', ids: readIds(key, value) };
    case 'id':
      return sign === 'IS'
        ? { kind: 'ids', ids: [readNumber(key, value)].filter(Number.isSafeInteger) }
        : { kind: 'range', field: key, ...readNumberRange(key, value) };
    case 'createdAt':
    case 'updatedAt':
      return { kind: 'range', field: key, ...readDateRange(schema, key, value) };
  }
}

function readField(schema: ChannelSchema, field: SchemaField, value: unknown, sign: Sign): Condition {
  const { key, format } = field;
  const kind = sign === 'IS' ? 'equals' : 'contains';
  switch (format) {
    case 'text':
    case 'keyword':
      return { kind, field, value: readText(key, value) };
    case 'select':
      return { kind: 'equals', field, value: readText(key, value) };
    case 'multiSelect':
      return { kind, field, value: readTexts(key, value) };
    case 'images': {
      const parts = typeof value === 'string' ? [value] : readTexts(key, value);
      return { kind: 'all', of: parts.map((part) => ({ kind: 'contains', field, value: part })) };
    }
    case 'boolean':
      return { kind: 'equals', field, value: readBoolean(key, value) };
    case 'date':
      return { kind: 'range', field, ...readDateRange(schema, key, value) };
    case 'number':
      return sign === 'IS'
        ? { kind: 'equals', field, value: readNumber(key, value) }
        : { kind: 'range', field, ...readNumberRange(key, value) };
  }
}
