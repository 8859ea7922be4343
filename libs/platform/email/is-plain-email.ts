import { isEmail } from 'class-validator';
import { emailForms } from './normalize-email.js';

const MAX_LENGTH = 254;
/** A quoted name may hold them by the letter of RFC 5322; in a mail's header they would start another one. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/u;

/** An address alone (`user@example.com`): no display name, no line breaks, at most 254 characters, 64 before the @. */
export function isPlainEmail(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= MAX_LENGTH &&
    !CONTROLS.test(value) &&
    isEmail(value, { allow_display_name: false, allow_utf8_local_part: true }) &&
    // Some letters become two in lower case.
    emailForms(value).shown.length <= MAX_LENGTH
  );
}
