import { DomainError } from '#libs/platform/errors/domain-error.js';
import { MAX_ROW_BYTES } from '../bytes/limits.js';

/** What other JSON than an object begins with. */
const OTHER_STARTS = '["-0123456789tfn';

/** For a body that begins with this byte. */
export function noObject(byte: number): DomainError {
  return OTHER_STARTS.includes(String.fromCharCode(byte))
    ? refused('The request body must be a JSON object.')
    : notJson();
}

export function notJson(cause?: unknown): DomainError {
  return new DomainError('invalid', 'body', 'The request body is not valid JSON.', {}, cause);
}

export function refused(message: string): DomainError {
  return new DomainError('invalid', 'body', message);
}

export function tooLong(): DomainError {
  return refused(`The request body has a value of more than ${MAX_ROW_BYTES} bytes.`);
}
