import { isUtf8 } from 'node:buffer';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** The text of a part of a body, which does not end inside a character. @throws DomainError invalid (no UTF-8) */
export function decodeText(bytes: Buffer): string {
  requireUtf8(bytes);
  // A byte order mark is no part of JSON; it stays, for the parser to refuse.
  return bytes.toString('utf8');
}

/** @throws DomainError invalid */
export function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new DomainError('invalid', 'body', 'The request body is not valid UTF-8.');
}
