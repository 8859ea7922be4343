import { issueName } from '#libs/issues/issue-name.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** The most issues that one request may name. */
export const MAX_ISSUE_NAMES = 100;

/** Names of issues as they are kept, each once. @throws DomainError invalid */
export function issueNamesOf(names: readonly string[]): string[] {
  if (names.length > MAX_ISSUE_NAMES) {
    const message = `issueNames must not contain more than ${MAX_ISSUE_NAMES} names`;
    throw new DomainError('invalid', 'issue-name', message, {
      violations: [{ field: 'issueNames', message }],
    });
  }
  return [...new Set(names.map((name, index) => issueName(name, `issueNames.${index}`)))];
}
