import { emailForms } from '#libs/platform/email/normalize-email.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { FieldRef } from './feedback-query.js';
import type { Parameters } from './parameters.js';
import { columnOf } from './search-columns.js';
import { inSearchText, substring } from './substring.js';

/** The value of a field that holds one text. */
export function textOf(field: FieldRef, parameters: Parameters): string {
  return columnOf(field)?.sql ?? `(f.fields ->> ${parameters.add(field.key, 'text')})`;
}

/** text, keyword, images: a substring; multiSelect: a superset. @throws DomainError invalid */
export function contains(field: FieldRef, value: string | readonly string[], parameters: Parameters): string {
  if (field.format === 'multiSelect' && isList(value)) return hasAll(field, value, parameters);
  if (typeof value !== 'string') throw meaningless(field);
  switch (field.format) {
    case 'text':
      return containsText(field, value, parameters);
    case 'keyword':
      return substring(textOf(field, parameters), value, parameters);
    case 'images':
      return hasLinkWith(field, value, parameters);
    default:
      throw meaningless(field);
  }
}

/** The index looks at all text fields together; then the field itself is looked at. */
export function containsText(field: FieldRef, text: string, parameters: Parameters): string {
  return `(${inSearchText(text, parameters)} and ${substring(textOf(field, parameters), text, parameters)})`;
}

/** @throws DomainError invalid */
export function equals(
  field: FieldRef,
  value: string | number | boolean | readonly string[],
  parameters: Parameters,
): string {
  if (isList(value) !== (field.format === 'multiSelect')) throw meaningless(field);
  if (isList(value)) return hasExactly(field, value, parameters);
  const column = columnOf(field);
  if (!column) return holds(field, value, parameters);
  if (typeof value === 'string') {
    return column.kind === 'time'
      ? isMoment(column.sql, value, parameters)
      : isText(field, column.sql, value, parameters);
  }
  if (column.kind !== typeof value) throw meaningless(field);
  if (typeof value === 'boolean') return `${column.sql} = ${parameters.add(value, 'boolean')}`;
  // Columns of numbers hold whole ones, and their indexes know no other type.
  return Number.isSafeInteger(value) ? `${column.sql} = ${parameters.add(value, 'bigint')}` : 'false';
}

/** @throws DomainError invalid (a field that mirrors no column) */
export function isAbsent(field: FieldRef): string {
  const column = columnOf(field);
  if (!column) throw meaningless(field);
  return `${column.sql} is null`;
}

/** Addresses are indexed in their normal form. */
export function hasAuthor(email: string, parameters: Parameters): string {
  return `f.author_email_normalized = ${parameters.add(emailForms(email).normalized, 'text')}`;
}

/** One lookup in the index of `fields`: the member has this value, or contains it when it is a list. */
export function holds(field: FieldRef, value: unknown, parameters: Parameters): string {
  return `f.fields @> ${parameters.add({ [field.key]: value }, 'jsonb')}`;
}

function isText(field: FieldRef, sql: string, value: string, parameters: Parameters): string {
  if (columnOf(field)?.kind !== 'text') throw meaningless(field);
  const same = `${sql} = ${parameters.add(value, 'text')}`;
  if (field.systemColumn !== 'author_email') return same;
  return `(${hasAuthor(value, parameters)} and ${same})`;
}

/** A column of moments is shown as an ISO text; any other text is none of its values. */
function isMoment(sql: string, text: string, parameters: Parameters): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== text || text.length > 24) return 'false';
  return `${sql} = ${parameters.add(text, 'timestamptz')}`;
}

function hasAll(field: FieldRef, values: readonly string[], parameters: Parameters): string {
  const column = columnOf(field);
  if (column) return `${column.sql} @> ${parameters.add(values, 'text[]')}::varchar[]`;
  // The index has nothing to look up for an empty list.
  if (values.length === 0) return `jsonb_typeof(f.fields -> ${parameters.add(field.key, 'text')}) = 'array'`;
  return holds(field, values, parameters);
}

function hasExactly(field: FieldRef, values: readonly string[], parameters: Parameters): string {
  const column = columnOf(field);
  const all = hasAll(field, values, parameters);
  if (column) return `(${all} and ${column.sql} <@ ${parameters.add(values, 'text[]')}::varchar[])`;
  const key = parameters.add(field.key, 'text');
  return `(${all} and (f.fields -> ${key}) <@ ${parameters.add(values, 'jsonb')})`;
}

function hasLinkWith(field: FieldRef, text: string, parameters: Parameters): string {
  const links = `f.fields -> ${parameters.add(field.key, 'text')}`;
  const list = `case when jsonb_typeof(${links}) = 'array' then ${links} else '[]' end`;
  const match = substring(`link #>> '{}'`, text, parameters);
  return `exists (select 1 from jsonb_array_elements(${list}) as link where jsonb_typeof(link) = 'string' and ${match})`;
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

export function meaningless({ key }: FieldRef): DomainError {
  return new DomainError('invalid', 'condition', `The condition has no meaning for this field: ${key}`);
}
