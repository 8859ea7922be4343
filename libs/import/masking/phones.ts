import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { type Masked, replaceWhere } from './masked.js';

/** What may be one: digits with the punctuation of phone numbers, after +, 00, 0, a bracket or nothing. */
const CANDIDATE = /(?<![\p{L}\p{N}.,/])[+(]?[0-9][0-9 ()./-]{4,24}[0-9](?![\p{L}\p{N}]|[.,]\d)/gu;
const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)/;
/** As North America writes them at home; digits in one piece may be anything. */
const NORTH_AMERICAN = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}$/;

/**
 * Replaces phone numbers: international ones that can exist, and national ones that show what they are by their
 * leading 0 or by the North American form. Dates, and digits that could be any number, stay.
 */
export function maskPhones(text: string): Masked {
  return replaceWhere(text, CANDIDATE, (found) => (isPhone(found) ? '[phone]' : undefined));
}

function isPhone(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 17 || DATE.test(found)) return false;
  if (found.startsWith('+') || found.startsWith('(+')) return isPossible(`+${digits}`);
  if (digits.startsWith('00')) return isPossible(`+${digits.slice(2)}`);
  if (NORTH_AMERICAN.test(found)) return isPossible(`+1${digits.slice(-10)}`);
  return digits.startsWith('0') && digits.length >= 9 && digits.length <= 12;
}

function isPossible(number: string): boolean {
  return parsePhoneNumberFromString(number, metadata as MetadataJson)?.isPossible() ?? false;
}
