import type { PlainRow } from '#libs/import/rows/plain-row.js';

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];
const SPACE = 0x20;
const [DATE, NAME, CONTENT, EXTERNAL_ID] = ['"date"', '"name"', '"content"', '"external_id"'].map((name) =>
  Buffer.from(name),
) as [Buffer, Buffer, Buffer, Buffer];

/**
 * Reads the row that is next in some bytes, when it can be seen at once that it is an object of JSON with the members of
 * a row, each once, all of them texts without escapes, and nothing else. -1 means nothing but that JSON.parse has to look
 * at it. Whether the bytes are valid UTF-8 is for the caller to know before the row is used.
 * @returns the place behind it
 */
export function scanRow(row: PlainRow, bytes: Buffer, from: number, to: number): number {
  row.begin(bytes);
  let at = skipSpace(bytes, from, to);
  if (bytes[at] !== OPEN_OBJECT) return -1;
  do {
    at = skipSpace(bytes, at + 1, to);
    const member = memberAt(bytes, at);
    if (!member) return -1;
    at = skipSpace(bytes, at + member.length, to);
    if (bytes[at] !== COLON) return -1;
    at = skipSpace(bytes, at + 1, to);
    if (bytes[at] !== QUOTE) return -1;
    const start = at + 1;
    at = endOfText(bytes, start, to);
    if (at < 0) return -1;
    if (!note(row, member, start, at)) return -1;
    at = skipSpace(bytes, at + 1, to);
  } while (at < to && bytes[at] === COMMA);
  const isWhole = at < to && bytes[at] === CLOSE_OBJECT && row.date >= 0 && row.name >= 0 && row.content >= 0;
  return isWhole ? at + 1 : -1;
}

/** False when the row has the member already. */
function note(row: PlainRow, member: Buffer, from: number, to: number): boolean {
  if (member === CONTENT) {
    if (row.content >= 0) return false;
    row.content = from;
    row.contentEnd = to;
  } else if (member === NAME) {
    if (row.name >= 0) return false;
    row.name = from;
    row.nameEnd = to;
  } else if (member === DATE) {
    if (row.date >= 0) return false;
    row.date = from;
    row.dateEnd = to;
  } else {
    if (row.externalId >= 0) return false;
    row.externalId = from;
    row.externalIdEnd = to;
  }
  return true;
}

/** The member whose name, in its quotes, is at a place. */
function memberAt(bytes: Buffer, at: number): Buffer | undefined {
  // Their second bytes differ.
  const first = bytes[at + 1];
  const member =
    first === CONTENT[1] ? CONTENT : first === NAME[1] ? NAME : first === DATE[1] ? DATE : EXTERNAL_ID;
  for (let index = 0; index < member.length; index++) {
    if (bytes[at + index] !== member[index]) return undefined;
  }
  return member;
}

/** The first place that has no white space of JSON, or `to`. */
export function skipSpace(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(bytes[at]!)) at++;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Where the quote is that ends a text; -1 when something in it means another text than it looks like, or none. */
function endOfText(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
}
