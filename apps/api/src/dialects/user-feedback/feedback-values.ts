import type { ChannelSchema, SchemaField } from '#libs/channels/channel-schema.js';
import { checkFieldValue } from '#libs/channels/field-values.js';
import { ISSUE_NAME_MAX } from '#libs/issues/issue-name.js';
import { isInstant, parseInstant } from '#libs/platform/clock/instant.js';
import { refused } from './refuse.js';

/** What a client says in a feedback, checked. */
export interface SaidFeedback {
  /** By field key. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Undefined: nothing was said about issues. */
  readonly issueNames: readonly string[] | undefined;
  /** When it was said; undefined: now. */
  readonly createdAt?: Date | undefined;
}

/** Says of a link to an image whether it leads to a file of ours, which needs nobody's leave. */
export type IsOwnLink = (link: unknown) => boolean;

const RESERVED = new Set(['id', 'ids', 'issues', 'issueIds', 'updatedAt']);
const MOST_ISSUES = 100;
/** Values are repeated in messages, but not at any length. */
const LONGEST_ECHO = 200;

/** Reads a new feedback. The first thing that is wrong, in the order of the body, is told. @throws DomainError invalid */
export function readNew(
  schema: ChannelSchema,
  body: Readonly<Record<string, unknown>>,
  isOwn: IsOwnLink,
): SaidFeedback {
  const { issueNames, createdAt, ...values } = body;
  const names = readIssueNames(issueNames);
  for (const key of Object.keys(body)) {
    if (key === 'issueNames') continue;
    if (RESERVED.has(key)) throw refused(`reserved field key is unavailable: ${key}`);
    if (key === 'createdAt') readCreatedAt(createdAt);
    else requireValue(schema, fieldOf(schema, key) ?? unknownKey(key), values[key], isOwn);
  }
  return { values, issueNames: names, createdAt: readCreatedAt(createdAt) };
}

/** Reads what of a feedback is to change. @throws DomainError invalid */
export function readChange(schema: ChannelSchema, body: Readonly<Record<string, unknown>>): SaidFeedback {
  const { issueNames, ...values } = body;
  const names = readIssueNames(issueNames);
  for (const [key, value] of Object.entries(values)) {
    const field = fieldOf(schema, key);
    if (!field) {
      const isFixed = schema.automatic.some((automatic) => automatic.key === key && !automatic.editable);
      throw refused(isFixed ? 'this field is read-only' : 'invalid field name');
    }
    if (!field.editable) throw refused('this field is read-only');
    if (!field.active) throw refused('this field is disabled');
    if (checkFieldValue(field, value)) {
      throw refused(`${key}: invalid value (value: ${asWritten(value)}, format: ${field.format})`);
    }
  }
  return { values, issueNames: names };
}

function fieldOf(schema: ChannelSchema, key: string): SchemaField | undefined {
  return schema.fields.find((field) => field.key === key);
}

function unknownKey(key: string): never {
  throw refused(`invalid field key: ${key.slice(0, LONGEST_ECHO)}`);
}

function requireValue(schema: ChannelSchema, field: SchemaField, value: unknown, isOwn: IsOwnLink): void {
  const { imageHosts } = schema.channel;
  const foreign: unknown =
    field.format === 'images' && Array.isArray(value) ? value.filter((link) => !isOwn(link)) : value;
  const problem = checkFieldValue(field, foreign, { imageHosts });
  if (!problem) return;
  if (problem.kind === 'image-host') {
    throw refused(`invalid domain in image link: ${problem.host} (fieldKey: ${field.key})`);
  }
  throw invalidValue(value, field.format, field.key);
}

/** Left out or null is now; before 1970 nobody said anything. */
function readCreatedAt(value: unknown): Date | undefined {
  if (value == null) return undefined;
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  if (!isInstant(instant) || instant < 0) throw invalidValue(value, 'date', 'createdAt');
  return new Date(instant);
}

/** Whatever counts for nothing (null, an empty text) is as good as left out; names are told apart without their blanks. */
function readIssueNames(value: unknown): string[] | undefined {
  if (!value) return undefined;
  if (!Array.isArray(value)) throw refused('issueNames must be array');
  if (value.length > MOST_ISSUES) throw refused(`issueNames must hold at most ${MOST_ISSUES} names`);
  const names = (value as unknown[]).map((name) => (typeof name === 'string' ? name.trim() : ''));
  if (names.some((name) => name === '' || [...name].length > ISSUE_NAME_MAX)) {
    throw refused(`each value in issueNames must be a string of 1 to ${ISSUE_NAME_MAX} characters`);
  }
  return [...new Set(names)];
}

function invalidValue(value: unknown, type: string, key: string): ReturnType<typeof refused> {
  return refused(`invalid value: (value: ${echo(JSON.stringify(value))}, type: ${type}, fieldKey: ${key})`);
}

function asWritten(value: unknown): string {
  return echo(typeof value === 'string' ? value : JSON.stringify(value));
}

function echo(text: string): string {
  return text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO).toWellFormed()}...` : text;
}
