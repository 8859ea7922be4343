import { maskCards } from './cards.js';
import { maskEmails } from './emails.js';
import { maskIbans } from './ibans.js';
import type { Masked } from './masked.js';
import { maskPhones } from './phones.js';

/** The shortest thing with digits that is looked for, a phone number, has this many. */
const FEWEST_DIGITS = 7;

/**
 * Replaces e-mail addresses, IBANs, card numbers and phone numbers, in this order, as each may hold what looks like a
 * later one. Text without an @ and with few digits is not looked at again.
 */
export function maskText(text: string): Masked {
  let masked: Masked = text.includes('@') ? maskEmails(text) : { text, count: 0 };
  if (!hasDigits(masked.text)) return masked;
  for (const step of [maskIbans, maskCards, maskPhones]) {
    const next = step(masked.text);
    masked = { text: next.text, count: masked.count + next.count };
  }
  return masked;
}

function hasDigits(text: string): boolean {
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57 && ++digits === FEWEST_DIGITS) return true;
  }
  return false;
}
