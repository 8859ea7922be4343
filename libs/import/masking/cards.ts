import { type Masked, replaceWhere } from './masked.js';

/** Groups of digits with one blank or hyphen between them; behind a + they are a phone number. */
const DIGIT_GROUPS = /(?<![\p{L}\p{N}+])\d+(?:[ -]\d+)*(?![\p{L}\p{N}])/gu;
const SHORTEST = 13;
const LONGEST = 19;

/** Replaces what has the length of a card number and passes the Luhn check, beside other numbers, too. */
export function maskCards(text: string): Masked {
  let count = 0;
  const replaced = replaceWhere(text, DIGIT_GROUPS, (found) => {
    if (found.length < SHORTEST) return undefined;
    const masked = maskGroups(found);
    count += masked.count;
    return masked.text;
  });
  return { text: replaced.text, count };
}

/** Looks at every run of whole groups: a year or an order number may stand before a card. */
function maskGroups(run: string): Masked {
  const parts = run.split(/([ -])/);
  let result = '';
  let count = 0;
  for (let from = 0; from < parts.length;) {
    const to = endOfCard(parts, from);
    if (to === undefined) {
      result += parts[from]! + (parts[from + 1] ?? '');
      from += 2;
    } else {
      result += `[card]${parts[to] ?? ''}`;
      from = to + 1;
      count++;
    }
  }
  return { text: result, count };
}

/** The index of the separator behind the card that begins with a group. */
function endOfCard(parts: readonly string[], from: number): number | undefined {
  let digits = '';
  for (let index = from; index < parts.length; index += 2) {
    digits += parts[index]!;
    if (digits.length > LONGEST) return undefined;
    if (digits.length >= SHORTEST && passesLuhn(digits)) return index + 1;
  }
  return undefined;
}

function passesLuhn(digits: string): boolean {
  // No card begins with it, and noughts alone would pass.
  if (digits[0] === '0') return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
