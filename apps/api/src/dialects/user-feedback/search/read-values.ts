import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { parseIsoInstant } from '#libs/platform/clock/instant.js';
import { refused } from '../refuse.js';

const DAY_MS = 86_400_000;
/** A list in a query is no longer. */
const MOST = 1000;

/** Half-open; one end may be open. */
export interface Range<T> {
  readonly from?: T | undefined;
  readonly before?: T | undefined;
}

export function readText(key: string, value: unknown): string {
  if (typeof value !== 'string') throw refused(`${key} must be string`);
  return value;
}

export function readNumber(key: string, value: unknown): number {
  if (typeof value !== 'number') throw refused(`${key} must be number`);
  return value;
}

export function readBoolean(key: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw refused(`${key} must be boolean`);
  return value;
}

export function readTexts(key: string, value: unknown): string[] {
  const message = `${key} must be array of string`;
  const items = readArray(key, value, message);
  if (!items.every((item) => typeof item === 'string')) throw refused(message);
  return items;
}

/** Ids, as numbers or in digits; what no row can have is left out, as it is not there. */
export function readIds(key: string, value: unknown): number[] {
  return readArray(key, value, `${key} must be array`).map((item) => {
    const id = typeof item === 'string' && /^\d{1,16}$/.test(item) ? Number(item) : item;
    if (typeof id !== 'number') throw refused(`${key} must be array of number`);
    return Number.isSafeInteger(id) ? id : 0;
  });
}

/** ISO dates or date-times; without a time it is midnight UTC. */
export function readInstants(key: string, value: unknown): Range<Date> {
  const message = `${key} must be DateTimeRange`;
  const { from, before } = readRange(value, message, (end) =>
    typeof end === 'string' ? parseIsoInstant(end) : undefined,
  );
  return { from: toDate(from), before: toDate(before) };
}

/** The same, no longer than the channel allows when both ends are given. */
export function readDateRange({ channel }: ChannelSchema, key: string, value: unknown): Range<Date> {
  const range = readInstants(key, value);
  const { from, before } = range;
  const { searchMaxDays } = channel;
  const days = from && before ? (before.getTime() - from.getTime()) / DAY_MS : 0;
  if (searchMaxDays >= 0 && days > searchMaxDays) {
    throw refused(`${key} must be less than ${searchMaxDays} days`);
  }
  return range;
}

export function readNumberRange(key: string, value: unknown): Range<number> {
  return readRange(value, `${key} must be NumberRange`, (end) => (typeof end === 'number' ? end : undefined));
}

/** `{ gte, lt }`, either of which may be left out. @throws DomainError invalid for anything else */
function readRange(
  value: unknown,
  message: string,
  read: (end: unknown) => number | undefined,
): Range<number> {
  const { gte, lt } = (value ?? {}) as { readonly gte?: unknown; readonly lt?: unknown };
  const [from, before] = [gte, lt].map((end) => {
    const number = end === undefined ? undefined : read(end);
    if (end !== undefined && number === undefined) throw refused(message);
    return number;
  });
  if (from === undefined && before === undefined) throw refused(message);
  return { from, before };
}

function readArray(key: string, value: unknown, message: string): unknown[] {
  if (!Array.isArray(value)) throw refused(message);
  if (value.length > MOST) throw refused(`${key} must contain no more than ${MOST} elements`);
  return value;
}

function toDate(instant: number | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
