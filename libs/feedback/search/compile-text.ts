import { containsText, equals, holds, textOf } from './compile-field.js';
import type { FieldRef } from './feedback-query.js';
import type { Parameters } from './parameters.js';
import { columnOf } from './search-columns.js';
import { inSearchText, substring } from './substring.js';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether one field matches what somebody typed into a search box. */
export function matchesTextIn(field: FieldRef, text: string, parameters: Parameters): string {
  if (field.format === 'text') return containsText(field, text, parameters);
  return wholeValue(field, text, parameters)[0] ?? 'false';
}

/** Whether any field of a schema does. @param fields all of them */
export function matchesText(text: string, fields: readonly FieldRef[], parameters: Parameters): string {
  const parts = fields.flatMap((field) => wholeValue(field, text, parameters));
  const texts = fields.filter(({ format }) => format === 'text');
  if (texts.length > 0) parts.unshift(inTexts(text, texts, parameters));
  return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`;
}

/** `search_text` has all text fields, one a line: what is no more than a part of one line is in one of them. */
function inTexts(text: string, fields: readonly FieldRef[], parameters: Parameters): string {
  const found = inSearchText(text, parameters);
  if (text !== '' && !text.includes('\n')) return found;
  const each = fields.map((field) => substring(textOf(field, parameters), text, parameters));
  return `(${found} and (${each.join(' or ')}))`;
}

/** The match of a field that is no text: what it is as a whole, or one of what it has. */
function wholeValue(field: FieldRef, text: string, parameters: Parameters): string[] {
  switch (field.format) {
    case 'keyword':
    case 'select':
    case 'date':
      return [equals(field, text, parameters)];
    case 'multiSelect': {
      const column = columnOf(field);
      if (column) return [`${column.sql} @> ${parameters.add([text], 'text[]')}::varchar[]`];
      return [holds(field, [text], parameters)];
    }
    case 'number':
      if (!JSON_NUMBER.test(text) || !Number.isFinite(Number(text))) return [];
      return [equals(field, Number(text), parameters)];
    case 'text':
    case 'boolean':
    case 'images':
      return [];
  }
}
