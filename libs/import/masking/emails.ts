import { type Masked, replaceWhere } from './masked.js';

/** Bounded everywhere, so that no text makes it slow; letters of every script (RFC 6531). */
const EMAIL =
  /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}]/gu;

export function maskEmails(text: string): Masked {
  return replaceWhere(text, EMAIL, () => '[email]');
}
