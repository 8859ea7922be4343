import { decodeText } from '../bytes/decode-text.js';
import { notJson } from './json-faults.js';

/** What JSON.parse makes of some bytes, with text around them. @throws DomainError invalid */
export function parseJson(bytes: Buffer, before: string, behind: string): unknown {
  const text = decodeText(bytes);
  try {
    return JSON.parse(before + text + behind);
  } catch (error) {
    throw notJson(error);
  }
}
