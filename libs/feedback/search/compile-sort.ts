import { textOf, meaningless } from './compile-field.js';
import { fieldOf, orderable } from './compile-range.js';
import type { FieldRef, Sort } from './feedback-query.js';
import type { Parameters } from './parameters.js';
import { columnOf } from './search-columns.js';

export interface SortKey {
  readonly sql: string;
  /** `asc`, `desc`, with the place of missing values where there can be any. */
  readonly order: string;
}

/**
 * What the rows are ordered by: what was asked for, then the newest first, so that every order is a total one.
 * @throws DomainError invalid (a format without an order)
 */
export function compileSort(sort: readonly Sort[], parameters: Parameters): SortKey[] {
  const keys = sort.map(({ by, direction }): SortKey => {
    const field = fieldOf(by);
    const filled = columnOf(field)?.filled;
    // Without missing values the place of them is left out: an index could not serve the order otherwise.
    return { sql: sortable(field, parameters), order: filled ? direction : `${direction} nulls last` };
  });
  for (const sql of ['f.created_at', 'f.id']) {
    // What comes behind an id decides nothing.
    if (keys.some((key) => key.sql === 'f.id')) break;
    if (!keys.some((key) => key.sql === sql)) keys.push({ sql, order: 'desc' });
  }
  return keys;
}

function sortable(field: FieldRef, parameters: Parameters): string {
  switch (field.format) {
    case 'number':
    case 'date':
      return orderable(field, parameters);
    case 'keyword':
    case 'select':
    case 'text':
      // By code points, whatever the database was made with.
      return `${textOf(field, parameters)} collate "C"`;
    default:
      throw meaningless(field);
  }
}
