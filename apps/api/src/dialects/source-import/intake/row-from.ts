import type { RawRow, UnreadableRow } from '#libs/import/rows/raw-row.js';
import { checkJson } from '#apps/api/src/http/body/check-json.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

const KNOWN = new Set(['date', 'name', 'content', 'external_id', 'occurrence']);

/** The row in a value of the wire. Other members are not kept, but must be such that they could be. */
export function rowFrom(value: unknown): RawRow | UnreadableRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'must be an object' };
  const members = value as Record<string, unknown>;
  for (const name in members) {
    if (KNOWN.has(name) && typeof members[name] !== 'object') continue;
    const problem = problemOf({ [name]: members[name] });
    if (problem !== undefined) return { problem };
  }
  const own = (name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);
  return {
    date: own('date'),
    name: own('name'),
    content: own('content'),
    externalId: own('external_id'),
    occurrence: own('occurrence'),
  };
}

function problemOf(member: object): string | undefined {
  try {
    checkJson(member);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.message.replace(/^The request body (.*)\.$/, '$1');
    throw error;
  }
}
