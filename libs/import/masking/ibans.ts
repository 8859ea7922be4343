import { countrySpecs, isValidIBAN } from 'ibantools';
import type { Masked } from './masked.js';

/** Where an IBAN may begin: a country, two check digits and one more character. */
const START = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]/gu;
const ALPHANUMERIC = /[A-Za-z0-9]/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Replaces IBANs whose length is their country's and whose check digits are right, in groups or in one piece. */
export function maskIbans(text: string): Masked {
  let result = '';
  let done = 0;
  let count = 0;
  START.lastIndex = 0;
  for (let match = START.exec(text); match; match = START.exec(text)) {
    const end = endOfIban(text, match.index);
    if (end === undefined) continue;
    result += `${text.slice(done, match.index)}[iban]`;
    done = end;
    START.lastIndex = end;
    count++;
  }
  return count === 0 ? { text, count } : { text: result + text.slice(done), count };
}

function endOfIban(text: string, start: number): number | undefined {
  const country = text.slice(start, start + 2).toUpperCase();
  const length = (countrySpecs as Record<string, { readonly chars: number | null }>)[country]?.chars;
  if (!length) return undefined;
  let iban = '';
  let at = start;
  while (iban.length < length && at < text.length) {
    const character = text[at]!;
    if (ALPHANUMERIC.test(character)) iban += character;
    // One blank or hyphen between two characters, no more.
    else if (!/[ -]/.test(character) || !ALPHANUMERIC.test(text[at + 1] ?? '')) return undefined;
    at++;
  }
  if (at < text.length && LETTER_OR_DIGIT.test(text[at]!)) return undefined;
  return isValidIBAN(iban.toUpperCase()) ? at : undefined;
}
