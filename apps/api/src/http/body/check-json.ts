import { DomainError } from '#libs/platform/errors/domain-error.js';

const MAX_DEPTH = 32;
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'] as const;

/**
 * Refuses what neither the database nor a well-meant client has use for (NUL, lone surrogates, numbers beyond a
 * double, more than 32 levels) and drops members that could reach a prototype, wherever they are.
 * @param source what the value was read from, as a sentence begins with it
 * @throws DomainError invalid
 */
export function checkJson(value: unknown, source = 'The request body'): void {
  walk(value, 1, source);
}

function walk(value: unknown, depth: number, source: string): void {
  if (typeof value === 'string') return checkText(value, source);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw refused(source, 'has a number that is out of range.');
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw refused(source, `is nested deeper than ${MAX_DEPTH} levels.`);
  if (Array.isArray(value)) {
    for (const item of value) walk(item, depth + 1, source);
    return;
  }
  const members = value as Record<string, unknown>;
  for (const name of FORBIDDEN) {
    if (Object.hasOwn(members, name)) delete members[name];
  }
  for (const name in members) {
    checkText(name, source);
    walk(members[name], depth + 1, source);
  }
}

function checkText(text: string, source: string): void {
  if (text.includes('\0')) throw refused(source, 'has a NUL character.');
  if (!text.isWellFormed()) throw refused(source, 'has text that is not well-formed Unicode.');
}

function refused(source: string, fault: string): DomainError {
  return new DomainError('invalid', 'body', `${source} ${fault}`);
}
