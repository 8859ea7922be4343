import { isInstant, parseInstant } from '#libs/platform/clock/instant.js';
import type { ChannelSchema, SchemaField } from './channel-schema.js';
import { isSystemColumn, SYSTEM_COLUMNS, type SystemMember, type SystemValues } from './system-columns.js';

export type FieldValueProblem =
  /** The value is not one that the field's format takes. */
  | { readonly kind: 'value' }
  /** A link to an image on a host that the channel does not take images from. */
  | { readonly kind: 'image-host'; readonly host: string };

export interface FieldValueRules {
  /** Host names that links to images may name; left out or empty, any. */
  readonly imageHosts?: readonly string[];
}

/** Values of a feedback, split into the places where they are kept. */
export interface StoredValues {
  /** For `feedback.fields`. A member that is merged into it replaces all that was kept of the field before. */
  readonly fields: Record<string, unknown>;
  /** For the columns that system fields mirror, by member of the entity. */
  readonly columns: SystemValues;
  /** The values of the text fields, for search. */
  readonly texts: string[];
}

const WRONG: FieldValueProblem = { kind: 'value' };

/** Where `fields` keeps the moment that a date names, in milliseconds, beside the text that was sent; no key has an @. */
export function instantKey(key: string): string {
  return `${key}@`;
}

/** What is wrong with a value for a field; undefined when nothing is. */
export function checkFieldValue(
  field: SchemaField,
  value: unknown,
  rules: FieldValueRules = {},
): FieldValueProblem | undefined {
  if (field.format === 'images') return checkImages(value, rules.imageHosts ?? []);
  return accepts(field, value) ? undefined : WRONG;
}

function accepts({ format, options, systemColumn }: SchemaField, value: unknown): boolean {
  const isOption = (key: unknown) => options.some((option) => option.key === key);
  switch (format) {
    case 'text':
    case 'keyword':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'select':
      return value === null || isOption(value);
    case 'multiSelect':
      return Array.isArray(value) && value.every(isOption);
    case 'date':
      return value === null || (typeof value === 'string' && isDate(value, systemColumn !== null));
    case 'images':
      return Array.isArray(value);
  }
}

/** Columns hold the years 1 to 9999; `fields` holds whatever Date can. */
function isDate(text: string, inColumn: boolean): boolean {
  const instant = parseInstant(text);
  return instant !== undefined && (!inColumn || isInstant(instant));
}

function checkImages(value: unknown, hosts: readonly string[]): FieldValueProblem | undefined {
  if (!Array.isArray(value)) return WRONG;
  if (hosts.length === 0) return undefined;
  for (const link of value as readonly unknown[]) {
    if (typeof link !== 'string' || !URL.canParse(link)) return WRONG;
    const host = new URL(link).hostname;
    if (!hosts.includes(host)) return { kind: 'image-host', host };
  }
  return undefined;
}

/** Splits checked values by where they are kept; keys that the schema does not have are left out. */
export function toStored(schema: ChannelSchema, values: Readonly<Record<string, unknown>>): StoredValues {
  const fields: Record<string, unknown> = {};
  const columns: { [Member in SystemMember]?: unknown } = {};
  const texts: string[] = [];
  for (const { key, format, systemColumn } of schema.fields) {
    if (!Object.hasOwn(values, key)) continue;
    const value = values[key];
    const instant = format === 'date' && typeof value === 'string' ? (parseInstant(value) ?? null) : null;
    if (format === 'text' && typeof value === 'string' && value !== '') texts.push(value);
    if (systemColumn !== null && isSystemColumn(systemColumn)) {
      columns[SYSTEM_COLUMNS[systemColumn]] =
        format === 'date' ? (instant === null ? null : new Date(instant)) : value;
    } else {
      fields[key] = value;
      if (format === 'date') fields[instantKey(key)] = instant;
    }
  }
  return { fields, columns, texts };
}

/** The values of a feedback by field key; what was never said is absent. */
export function valuesOf(
  schema: ChannelSchema,
  feedback: SystemValues & { readonly fields: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { key, systemColumn } of schema.fields) {
    if (systemColumn === null) {
      if (Object.hasOwn(feedback.fields, key)) values[key] = feedback.fields[key];
    } else if (isSystemColumn(systemColumn)) {
      const value = feedback[SYSTEM_COLUMNS[systemColumn]] ?? null;
      if (value !== null) values[key] = value instanceof Date ? value.toISOString() : value;
    }
  }
  return values;
}
