import { DomainError } from '#libs/platform/errors/domain-error.js';
import { type Counted, itemsOf } from './buckets.js';
import type { CheckedValue, FeelbackValue } from './checked-value.js';
import { MAX_ITEM_LENGTH, MAX_ITEMS, MAX_MESSAGE_LENGTH } from './schema.js';

/** Pickers of two thumbs send their own names for yes and no. */
const YES_NO: Readonly<Record<string, { readonly value: string; readonly bucket: number }>> = {
  y: { value: 'y', bucket: 0 },
  '+1': { value: 'y', bucket: 0 },
  n: { value: 'n', bucket: 1 },
  '-1': { value: 'n', bucket: 1 },
};

/** What is kept of a value, and where it counts. @throws DomainError invalid, reason `invalid_value` */
export function checkValue(set: Counted, value: unknown): CheckedValue {
  switch (set.schema) {
    case 'pulse':
      if (value !== '+') throw wrongValue('It must be "+".');
      return { value, bucket: 0 };
    case 'yes-no':
      if (typeof value !== 'string' || !Object.hasOwn(YES_NO, value))
        throw wrongValue('It must be "y" or "n".');
      return YES_NO[value]!;
    case 'reaction':
      return choice(set, value, (chosen) => chosen);
    case 'rating':
      return rating(set, value);
    case 'message':
      return { value: text(value, set.config.minLength ?? 1, set.config.maxLength), bucket: 0 };
    case 'tagged-message':
      return taggedMessage(set, value);
  }
}

/** The choice that a value holds, for sets that learn of their choices by what comes in. */
export function chosenItem(value: FeelbackValue): string {
  return typeof value === 'object' ? value.tag : String(value);
}

export function wrongValue(why: string): DomainError {
  return new DomainError('invalid', 'feelback-value', `Invalid feelback value. ${why}`, {
    reason: 'invalid_value',
    violations: [{ field: 'value', message: why }],
  });
}

function choice(set: Counted, chosen: unknown, keep: (chosen: string) => FeelbackValue): CheckedValue {
  if (typeof chosen !== 'string' || chosen === '' || [...chosen].length > MAX_ITEM_LENGTH)
    throw wrongValue(`The choice must be a string of 1 to ${MAX_ITEM_LENGTH} characters.`);
  const items = itemsOf(set);
  const bucket = items.findIndex((item) => item.value === chosen);
  if (bucket >= 0) return { value: keep(chosen), bucket };
  if (set.config.items) throw wrongValue('It is not one of the values that the content set has.');
  if (items.length >= MAX_ITEMS)
    throw wrongValue(`The content set has ${MAX_ITEMS} different values already.`);
  return { value: keep(chosen), bucket: undefined };
}

function rating({ config }: Counted, value: unknown): CheckedValue {
  const number = typeof value === 'string' && /^[+-]?\d{1,7}$/.test(value.trim()) ? Number(value) : value;
  const [min, max] = [config.min!, config.max!];
  if (!Number.isInteger(number) || (number as number) < min || (number as number) > max)
    throw wrongValue(`It must be a whole number from ${min} to ${max}.`);
  // -0 is kept as 0.
  return { value: (number as number) + 0, bucket: (number as number) - min };
}

function taggedMessage(set: Counted, value: unknown): CheckedValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongValue('It must be an object with a tag.');
  const { tag, message } = value as { readonly tag?: unknown; readonly message?: unknown };
  const blank = message === undefined || message === null || (typeof message === 'string' && !message.trim());
  const written = blank ? undefined : text(message, 1);
  return choice(set, tag, (chosen) => ({ tag: chosen, ...(written !== undefined && { message: written }) }));
}

function text(value: unknown, min: number, max: number = MAX_MESSAGE_LENGTH): string {
  if (typeof value !== 'string') throw wrongValue('The message must be a string.');
  const trimmed = value.trim();
  const length = trimmed.length > MAX_MESSAGE_LENGTH * 2 ? Infinity : [...trimmed].length;
  if (trimmed === '') throw wrongValue('The message must not be empty.');
  if (length < min || length > max)
    throw wrongValue(`The message must have ${Math.max(min, 1)} to ${max} characters.`);
  return trimmed;
}
