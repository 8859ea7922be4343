import type { RawRow, UnreadableRow } from '#libs/import/rows/raw-row.js';
import { checkJson } from '#apps/api/src/http/body/check-json.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** The row in a value of the wire. Other members are not kept, but must be such that they could be. */
export function rowFrom(value: unknown): RawRow | UnreadableRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'must be an object' };
  const members = value as Record<string, unknown>;
  let date, name, content, externalId, occurrence;
  for (const member in members) {
    const sent = members[member];
    let isKnown = true;
    if (member === 'date') date = sent;
    else if (member === 'name') name = sent;
    else if (member === 'content') content = sent;
    else if (member === 'external_id') externalId = sent;
    else if (member === 'occurrence') occurrence = sent;
    else isKnown = false;
    if (isKnown && typeof sent !== 'object') continue;
    const problem = problemOf({ [member]: sent });
    if (problem !== undefined) return { problem };
  }
  // null is as good as none where a member may be left out.
  return { date, name, content, externalId: externalId ?? undefined, occurrence: occurrence ?? undefined };
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
