import { DomainError } from '#libs/platform/errors/domain-error.js';
import {
  MAX_ITEM_LENGTH,
  MAX_ITEMS,
  MAX_MESSAGE_LENGTH,
  MAX_RATING_STEPS,
  type Schema,
  type SchemaConfig,
  type SchemaItem,
} from './schema.js';

type Given = Readonly<Record<string, unknown>>;

/**
 * The configuration of a new set, from what somebody wrote: `items` and `tags` mean the same, an item may be a plain
 * string, members that a schema does not have are left out.
 * @throws DomainError invalid
 */
export function normalizeConfig(schema: Schema, given: unknown): SchemaConfig {
  const config = given ?? {};
  if (typeof config !== 'object' || Array.isArray(config)) throw wrong('', 'must be an object');
  switch (schema) {
    case 'pulse':
    case 'yes-no':
      return {};
    case 'reaction':
      return choice(config as Given, ['items', 'tags'], true);
    case 'tagged-message':
      return choice(config as Given, ['tags', 'items'], false);
    case 'rating':
      return rating(config as Given);
    case 'message':
      return message(config as Given);
  }
}

function choice(config: Given, names: readonly string[], intensities: boolean): SchemaConfig {
  const name = names.find((one) => (config[one] ?? undefined) !== undefined);
  const list = name && config[name];
  if (!name || (Array.isArray(list) && list.length === 0)) return {};
  if (!Array.isArray(list)) throw wrong(name, 'must be an array');
  if (list.length > MAX_ITEMS) throw wrong(name, `must hold at most ${MAX_ITEMS} items`);
  const items = list.map((item: unknown, index) => toItem(item, `${name}[${index}]`, intensities));
  if (new Set(items.map(({ value }) => value)).size < items.length)
    throw wrong(name, 'must not hold a value twice');
  return { items };
}

function toItem(given: unknown, field: string, intensities: boolean): SchemaItem {
  const item = (typeof given === 'string' ? { value: given } : given) as Given | null;
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw wrong(field, 'must be a string or an object with a value');
  const { value } = item;
  if (typeof value !== 'string' || value === '' || [...value].length > MAX_ITEM_LENGTH)
    throw wrong(`${field}.value`, `must be a string of 1 to ${MAX_ITEM_LENGTH} characters`);
  const sentiment = weight(item['sentiment'], `${field}.sentiment`, -1);
  const intensity = intensities ? weight(item['intensity'], `${field}.intensity`, 0) : undefined;
  return {
    value,
    ...(sentiment !== undefined && { sentiment }),
    ...(intensity !== undefined && { intensity }),
  };
}

function weight(given: unknown, field: string, lowest: number): number | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'number' || !(given >= lowest && given <= 1))
    throw wrong(field, `must be a number from ${lowest} to 1`);
  return given;
}

function rating(config: Given): SchemaConfig {
  const min = whole(config['min'], 'min', -1_000_000, 1_000_000) ?? 1;
  const max = whole(config['max'], 'max', -1_000_000, 1_000_000) ?? Math.max(5, min + 1);
  if (max <= min) throw wrong('max', 'must be greater than min');
  if (max - min >= MAX_RATING_STEPS) throw wrong('max', `must leave at most ${MAX_RATING_STEPS} steps`);
  return { min, max };
}

function message(config: Given): SchemaConfig {
  const minLength = whole(config['minLength'], 'minLength', 0, MAX_MESSAGE_LENGTH);
  const maxLength = whole(config['maxLength'], 'maxLength', 1, MAX_MESSAGE_LENGTH);
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    throw wrong('maxLength', 'must not be less than minLength');
  return {
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
}

function whole(given: unknown, field: string, lowest: number, highest: number): number | undefined {
  if (given === undefined || given === null) return undefined;
  if (!Number.isInteger(given) || (given as number) < lowest || (given as number) > highest)
    throw wrong(field, `must be a whole number from ${lowest} to ${highest}`);
  return given as number;
}

function wrong(member: string, rule: string): DomainError {
  const field = member ? `config.${member}` : 'config';
  return new DomainError('invalid', 'content-set', `${field} ${rule}.`, {
    violations: [{ field, message: `${field} ${rule}.` }],
  });
}
