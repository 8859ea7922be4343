import { MAX_CONTENT, MAX_EXTERNAL_ID, MAX_NAME } from './check-row.js';
import type { PlainRow } from './plain-row.js';

/**
 * Whether the texts of a row are good for certain, its date aside. False is no refusal: it leaves the row to `checkRow`,
 * which knows everything that is good and says what is wrong with the rest.
 */
export function isSurelyGood(row: PlainRow): boolean {
  return (
    // There are no more characters than bytes.
    row.nameEnd - row.name <= MAX_NAME &&
    row.contentEnd - row.content <= MAX_CONTENT &&
    row.externalIdEnd - row.externalId <= MAX_EXTERNAL_ID &&
    (row.externalId < 0 || row.externalIdEnd > row.externalId) &&
    hasInk(row.bytes, row.content, row.contentEnd)
  );
}

/** Whether there is a character that is no white space; what could be some of other scripts is taken for it. */
function hasInk(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    // 0x80 to 0xbf go on with a character that began before.
    if (byte > 0x20 && (byte < 0x80 || (byte > 0xbf && !mayBeSpace(byte)))) return true;
  }
  return false;
}

/** Whether white space, by JavaScript's rule, may begin like this: U+00A0, U+1680, U+2000 and on, U+3000, U+FEFF. */
function mayBeSpace(lead: number): boolean {
  return lead === 0xc2 || (lead >= 0xe1 && lead <= 0xe3) || lead === 0xef;
}
