import { instantKey } from '#libs/channels/field-values.js';
import { EARLIEST, LATEST } from '#libs/platform/clock/instant.js';
import { meaningless } from './compile-field.js';
import type { Condition, FieldRef, OwnValue } from './feedback-query.js';
import type { Parameters } from './parameters.js';
import { columnField, columnOf } from './search-columns.js';

const OWN = {
  id: columnField('id'),
  createdAt: columnField('created_at'),
  updatedAt: columnField('updated_at'),
};

export function fieldOf(reference: FieldRef | OwnValue): FieldRef {
  return typeof reference === 'string' ? OWN[reference] : reference;
}

/** from <= value < before. @throws DomainError invalid */
export function inRange(
  { field: reference, from, before }: Extract<Condition, { kind: 'range' }>,
  parameters: Parameters,
): string {
  const field = fieldOf(reference);
  const bounds = [
    ['>=', from],
    ['<', before],
  ] as const;
  const parts = bounds.flatMap(([operator, bound]) =>
    bound === undefined ? [] : [compare(field, operator, Number(bound), parameters)],
  );
  return parts.length === 0 ? `${orderable(field, parameters)} is not null` : `(${parts.join(' and ')})`;
}

function compare(field: FieldRef, operator: '>=' | '<', bound: number, parameters: Parameters): string {
  const column = columnOf(field);
  const value = orderable(field, parameters);
  if (column?.kind === 'time') return `${value} ${operator} ${parameters.add(moment(bound), 'timestamptz')}`;
  if (field.systemColumn !== 'id') return `${value} ${operator} ${parameters.add(bound, 'numeric')}`;
  // Ids are whole: the next whole number says the same, in the type that the index has.
  const whole = Math.max(Math.min(Math.ceil(bound), Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER);
  return `${value} ${operator} ${parameters.add(whole, 'bigint')}`;
}

function moment(milliseconds: number): string {
  if (milliseconds < EARLIEST) return '-infinity';
  return milliseconds > LATEST ? 'infinity' : new Date(milliseconds).toISOString();
}

/** What a number or a date is compared by; null where there is none. @throws DomainError invalid */
export function orderable(field: FieldRef, parameters: Parameters): string {
  const column = columnOf(field);
  if (column && (column.kind === 'number' || column.kind === 'time')) return column.sql;
  if (column || (field.format !== 'number' && field.format !== 'date')) throw meaningless(field);
  const key = parameters.add(field.format === 'date' ? instantKey(field.key) : field.key, 'text');
  // Rows of other channels may be looked at first, and may have anything under this key.
  return `case when jsonb_typeof(f.fields -> ${key}) = 'number' then (f.fields -> ${key})::numeric end`;
}
