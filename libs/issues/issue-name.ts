import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Longest name of an issue, in characters. */
export const ISSUE_NAME_MAX = 30;
/** Longest description of an issue, in characters. */
export const ISSUE_DESCRIPTION_MAX = 50;
/** Longest name of an issue in the team's own tracker, in characters. */
export const EXTERNAL_ISSUE_ID_MAX = 255;

/**
 * The name as it is kept: without blanks around it, so that what looks the same is the same.
 * @param field what the caller calls the name
 * @throws DomainError invalid
 */
export function issueName(value: string, field = 'name'): string {
  const name = value.trim();
  // Characters as PostgreSQL counts them: an emoji is one.
  if (name !== '' && (name.length <= ISSUE_NAME_MAX || [...name].length <= ISSUE_NAME_MAX)) return name;
  const message = `${field} must have 1 to ${ISSUE_NAME_MAX} characters beside the blanks around them`;
  throw new DomainError('invalid', 'issue-name', message, { violations: [{ field, message }] });
}
