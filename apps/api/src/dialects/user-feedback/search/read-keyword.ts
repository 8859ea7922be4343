import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import type { Condition } from '#libs/feedback/search/feedback-query.js';
import { refused } from '../refuse.js';

/** What both searches by keyword read: a text, the one field that it is looked for in, and the name of an issue. */
export interface Keyword {
  readonly searchText?: string | undefined;
  readonly fieldKey?: string | undefined;
  readonly issueName?: string | undefined;
}

/** An empty text asks for nothing. @throws DomainError invalid for a field that the channel does not have */
export function readKeyword(
  schema: ChannelSchema,
  { searchText, fieldKey, issueName }: Keyword,
): Condition[] {
  const field = fieldKey === undefined ? undefined : fieldOf(schema, fieldKey);
  return [
    ...(searchText ? [textIn(field, searchText)] : []),
    ...(issueName ? [{ kind: 'issue-name', name: issueName } as const] : []),
  ];
}

function fieldOf(schema: ChannelSchema, key: string) {
  const field = [...schema.fields, ...schema.automatic].find((each) => each.key === key);
  if (!field) throw refused(`invalid field key: ${key}`);
  return field;
}

function textIn(field: ReturnType<typeof fieldOf> | undefined, text: string): Condition {
  if (!field) return { kind: 'text', text };
  // Links are whole sentences to nobody: a part of one is what is looked for.
  if (field.format === 'images') return { kind: 'contains', field, value: text };
  return { kind: 'text', text, field };
}
