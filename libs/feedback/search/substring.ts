import { containing } from '#libs/platform/database/like-pattern.js';
import { hasTrigram } from '#libs/platform/database/has-trigram.js';
import type { Parameters } from './parameters.js';

/** Whether an expression contains a text, whatever the case. The text's own `%`, `_` and `\` mean themselves. */
export function substring(expression: string, text: string, parameters: Parameters): string {
  return `${expression} ilike ${parameters.add(containing(text), 'text')}`;
}

/**
 * Whether any text field of the feedback contains a text. One without three letters in a row finds nothing in the
 * trigram index, which would then be read from end to end, four times the work of reading the rows: for such a text
 * the expression is one that no index has.
 */
export function inSearchText(text: string, parameters: Parameters): string {
  return substring(hasTrigram(text) ? 'f.search_text' : `(f.search_text || '')`, text, parameters);
}
