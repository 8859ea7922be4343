import { DomainError } from '#libs/platform/errors/domain-error.js';
import { contains, equals, hasAuthor, isAbsent } from './compile-field.js';
import { matchesText, matchesTextIn } from './compile-text.js';
import { inRange } from './compile-range.js';
import type { Condition, FieldRef } from './feedback-query.js';
import { hasIssues, hasIssueNamed } from './compile-issues.js';
import type { Parameters } from './parameters.js';
import { inSearchText } from './substring.js';

/** How deep conditions may stand in each other. */
const MAX_DEPTH = 8;

/**
 * The SQL of a condition on `feedback f`. Columns come from a closed list; every value and every key of a field is a
 * parameter. Negation does not occur, so "unknown" (a field without a value) counts as false throughout.
 * @param searchable all fields of the channels: what a condition of kind `text` without a field of its own goes over
 * @throws DomainError invalid (a condition that makes no sense for its field)
 */
export function compileCondition(
  condition: Condition,
  searchable: readonly FieldRef[],
  parameters: Parameters,
  depth = 0,
): string {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      if (depth > MAX_DEPTH) throw new DomainError('invalid', 'condition', 'The conditions stand too deep.');
      const parts = condition.of.map((part) => compileCondition(part, searchable, parameters, depth + 1));
      if (parts.length === 0) return condition.kind === 'all' ? 'true' : 'false';
      return `(${parts.join(condition.kind === 'all' ? ' and ' : ' or ')})`;
    }
    case 'text':
      return condition.field
        ? matchesTextIn(condition.field, condition.text, parameters)
        : matchesText(condition.text, searchable, parameters);
    case 'contains':
      return contains(condition.field, condition.value, parameters);
    case 'equals':
      return equals(condition.field, condition.value, parameters);
    case 'range':
      return inRange(condition, parameters);
    case 'absent':
      return isAbsent(condition.field);
    case 'written':
      return inSearchText(condition.text, parameters);
    case 'author':
      return hasAuthor(condition.email, parameters);
    case 'ids':
      return `f.id = any(${parameters.add(condition.ids.filter(Number.isSafeInteger), 'bigint[]')})`;
    case 'issues':
      return hasIssues(condition.match, condition.ids, parameters);
    case 'issue-name':
      return hasIssueNamed(condition.name, parameters);
  }
}
