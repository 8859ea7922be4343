import type { ChannelSchema, SchemaField } from '#libs/channels/channel-schema.js';
import { checkFieldValue } from '#libs/channels/field-values.js';
import type { SystemValues } from '#libs/channels/system-columns.js';
import type { Content } from '#libs/content-sets/content.entity.js';
import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import { mirrorField } from '#libs/content-sets/mirror-field.js';
import { itemsOf } from '#libs/content-sets/schemas/buckets.js';
import type { FeelbackValue } from '#libs/content-sets/schemas/checked-value.js';
import { weightsOf } from '#libs/content-sets/schemas/default-weights.js';
import { isPlainEmail } from '#libs/platform/email/is-plain-email.js';

/** What columns bear of a text, in characters as PostgreSQL counts them. */
const LONGEST_LABEL = 50;
const LONGEST_CONTEXT = 255;
const LONGEST_ID = 128;

/** The message and the tag of a value; what it does not have is undefined. */
export function saidIn(value: FeelbackValue): { readonly message?: string; readonly tag?: string } {
  return typeof value === 'object' ? value : { message: String(value) };
}

/**
 * The message in the channel's first text field. Beside it, where the channel has a field of that key which takes it:
 * `tag`, `contentKey`, `contentUrl`.
 */
export function fieldsOf(
  schema: ChannelSchema,
  value: FeelbackValue,
  content: Pick<Content, 'key' | 'url'> | undefined,
): Record<string, unknown> {
  const { message, tag } = saidIn(value);
  const main = mirrorField(schema.fields);
  const values: Record<string, unknown> = {};
  if (main && message !== undefined) values[main.key] = message;
  const named = { tag, contentKey: content?.key, contentUrl: content?.url ?? undefined };
  for (const field of schema.fields) {
    if (field === main || field.systemColumn !== null || !Object.hasOwn(named, field.key)) continue;
    const taken = asValue(field, named[field.key as keyof typeof named]);
    if (taken !== undefined) values[field.key] = taken;
  }
  return values;
}

/** The label that a tag becomes: all of it, or as much as a label holds. */
export function labelOf(tag: string): string {
  return cut(tag, LONGEST_LABEL);
}

/** The side that a tag is on, by the same weights as the set's statistics; null where it has none. */
export function sentimentOf(set: ContentSet, tag: string | undefined): number | null {
  if (tag === undefined) return null;
  const items = itemsOf(set);
  const known = items.findIndex(({ value }) => value === tag);
  const weights = weightsOf(known < 0 ? [...items, { value: tag }] : items);
  const { sentiment } = weights.at(known)!;
  return sentiment === undefined ? null : Math.sign(sentiment);
}

/** Who said it, as far as the page knew: an address, or an id. */
export function authorOf(userId: string | undefined): Pick<SystemValues, 'authorEmail' | 'authorId'> {
  if (!userId) return {};
  if (isPlainEmail(userId)) return { authorEmail: userId };
  return [...userId].length <= LONGEST_ID ? { authorId: userId } : {};
}

export function contextOf(content: Pick<Content, 'key'> | undefined): string | null {
  return content ? cut(content.key, LONGEST_CONTEXT) : null;
}

function asValue(field: SchemaField, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const value = field.format === 'multiSelect' ? [text] : text;
  return checkFieldValue(field, value) ? undefined : value;
}

function cut(text: string, length: number): string {
  return [...text].slice(0, length).join('');
}
