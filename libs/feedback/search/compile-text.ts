import { equals, holds, textOf } from './compile-field.js';
import type { FieldRef } from './feedback-query.js';
import type { Parameters } from './parameters.js';
import { columnOf } from './search-columns.js';
import { inSearchText, substring } from './substring.js';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether one of the fields matches what somebody typed into a search box. */
export function matchesText(text: string, fields: readonly FieldRef[], parameters: Parameters): string {
  const texts = fields.filter(({ format }) => format === 'text');
  const parts = fields.flatMap((field) => wholeValue(field, text, parameters));
  if (texts.length > 0) parts.unshift(inTexts(text, texts, parameters));
  return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`;
}

function inTexts(text: string, fields: readonly FieldRef[], parameters: Parameters): string {
  const found = fields.map((field) => substring(textOf(field, parameters), text, parameters));
  return `(${inSearchText(text, parameters)} and (${found.join(' or ')}))`;
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
