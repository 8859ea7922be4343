import type { ChannelSchema, SchemaField } from '#libs/channels/channel-schema.js';
import type { Condition } from '#libs/feedback/search/feedback-query.js';
import { asObject, refused } from '../refuse.js';
import { readKeyword } from './read-keyword.js';
import { readBoolean, readDateRange, readIds, readNumber, readText, readTexts } from './read-values.js';

const KEYWORDS = ['searchText', 'fieldKey', 'issueName'] as const;

/** Reads the `query` of the first search: all of its members must apply. @throws DomainError invalid */
export function readQueryV1(schema: ChannelSchema, query: unknown): Condition {
  const members = asObject(query ?? {});
  const keyword = Object.fromEntries(KEYWORDS.map((key) => [key, readWord(key, members[key])]));
  const others = Object.entries(members).filter(([key]) => !KEYWORDS.some((word) => word === key));
  return {
    kind: 'all',
    of: [...readKeyword(schema, keyword), ...others.map(([key, value]) => readMember(schema, key, value))],
  };
}

/** Whatever counts for nothing is as good as left out; a number is looked for as it is written. */
function readWord(key: string, value: unknown): string | undefined {
  if (!value) return undefined;
  return typeof value === 'number' ? String(value) : readText(key, value);
}

function readMember(schema: ChannelSchema, key: string, value: unknown): Condition {
  switch (key) {
    case 'ids':
      return { kind: 'ids', ids: readIds(key, value) };
    case 'id':
      return { kind: 'ids', ids: [readNumber(key, value)].filter(Number.isSafeInteger) };
    case 'issueIds':
      return { kind: 'issues', match: 'any', ids: readIds(key, value) };
    case 'issues':
      return { kind: 'all', of: readTexts(key, value).map((name) => ({ kind: 'issue-name', name })) };
    case 'createdAt':
    case 'updatedAt':
      return { kind: 'range', field: key, ...readDateRange(schema, key, value) };
    default: {
      const field = schema.fields.find((each) => each.key === key);
      if (!field) throw refused(`invalid key in query: ${key}`);
      return readField(schema, field, value);
    }
  }
}

function readField(schema: ChannelSchema, field: SchemaField, value: unknown): Condition {
  const { key, format } = field;
  switch (format) {
    case 'text':
      return { kind: 'contains', field, value: readText(key, value) };
    case 'keyword':
    case 'select':
      return { kind: 'equals', field, value: readText(key, value) };
    case 'number':
      return { kind: 'equals', field, value: readNumber(key, value) };
    case 'boolean':
      return { kind: 'equals', field, value: readBoolean(key, value) };
    case 'date':
      return { kind: 'range', field, ...readDateRange(schema, key, value) };
    case 'multiSelect':
      return { kind: 'contains', field, value: readTexts(key, value) };
    case 'images':
      return {
        kind: 'all',
        of: readTexts(key, value).map((part) => ({ kind: 'contains', field, value: part })),
      };
  }
}
