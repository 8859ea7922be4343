import { TextDecoder } from 'node:util';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** A byte order mark is no part of JSON, so it stays for the parser to refuse. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a part of a body, which does not end inside a character. @throws DomainError invalid (no UTF-8) */
export function decodeText(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new DomainError('invalid', 'body', 'The request body is not valid UTF-8.', {}, error);
  }
}
