/** The years 1 to 9999, which PostgreSQL and Date both hold and write alike; in milliseconds. */
export const EARLIEST = -62_135_596_800_000;
export const LATEST = 253_402_300_799_999;

/** Whether this is a moment of those years, in milliseconds. */
export function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= EARLIEST && (value as number) <= LATEST;
}

/** Says where on Earth: a letter, an abbreviation that Date knows, or an offset behind a time of day. */
const ZONE = /(?:\d|\s)Z$|\b(?:UTC?|GMT|[ECMP][SD]T)\b|:\d\d(?:\.\d+)?\s*[+-]\d\d(?::?\d\d)?(?:\s|\(|$)/i;
/** A date, or a date and a time with or without an offset. */
const ISO = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
/** The forms without a time, which Date reads as UTC by itself. */
const DATE_ONLY = /^[+-]?\d{4,6}(?:-\d\d(?:-\d\d)?)?$/;

/**
 * The moment that a text names, in milliseconds; undefined when Date cannot read it. What does not say where on Earth
 * it is meant is UTC, wherever this process runs.
 */
export function parseInstant(text: string): number | undefined {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return undefined;
  if (DATE_ONLY.test(text) || ZONE.test(text)) return date.getTime();
  const utc = new Date(0);
  utc.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate());
  utc.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds());
  return Number.isNaN(utc.getTime()) ? undefined : utc.getTime();
}

/** The same for the plain forms of ISO 8601 alone: a date, or a date and a time with or without an offset. */
export function parseIsoInstant(text: string): number | undefined {
  const day = ISO.exec(text)?.[1];
  return day !== undefined && isInCalendar(day) ? parseInstant(text) : undefined;
}

/** Date counts days that a month does not have on into the next one. */
function isInCalendar(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
