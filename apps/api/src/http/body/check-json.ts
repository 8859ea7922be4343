import { DomainError } from '#libs/platform/errors/domain-error.js';

const MAX_DEPTH = 32;
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'] as const;

/**
 * Refuses what neither the database nor a well-meant client has use for (NUL, lone surrogates, numbers beyond a
 * double, more than 32 levels) and drops members that could reach a prototype, wherever they are.
 * @throws DomainError invalid
 */
export function checkJson(value: unknown): void {
  walk(value, 1);
}

function walk(value: unknown, depth: number): void {
  if (typeof value === 'string') return checkText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw refused('The request body has a number that is out of range.');
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw refused(`The request body is nested deeper than ${MAX_DEPTH} levels.`);
  if (Array.isArray(value)) {
    for (const item of value) walk(item, depth + 1);
    return;
  }
  const members = value as Record<string, unknown>;
  for (const name of FORBIDDEN) {
    if (Object.hasOwn(members, name)) delete members[name];
  }
  for (const name in members) {
    checkText(name);
    walk(members[name], depth + 1);
  }
}

function checkText(text: string): void {
  if (text.includes('\0')) throw refused('The request body has a NUL character.');
  if (!text.isWellFormed()) throw refused('The request body has text that is not well-formed Unicode.');
}

function refused(message: string): DomainError {
  return new DomainError('invalid', 'body', message);
}
