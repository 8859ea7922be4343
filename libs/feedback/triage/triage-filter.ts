import type { Sentiment } from '../feedback.entity.js';
import type { Condition, FieldRef } from '../search/feedback-query.js';
import { columnField } from '../search/search-columns.js';

/** Which feedback of an account is asked for; what is left out does not narrow, a list means any of it. */
export interface TriageFilter {
  readonly projectId?: number | undefined;
  /** Needs the project. */
  readonly channelId?: number | undefined;
  /** Needs the project. */
  readonly issueId?: number | undefined;
  readonly dialects?: readonly string[] | undefined;
  /** What nobody has looked at is OPEN. */
  readonly statuses?: readonly string[] | undefined;
  readonly severities?: readonly string[] | undefined;
  /** Null: not said. */
  readonly sentiments?: readonly (Sentiment | null)[] | undefined;
  /** Carries all of them. */
  readonly labels?: readonly string[] | undefined;
  readonly assigneeId?: string | undefined;
  readonly category?: string | undefined;
  /** Whole, whatever the case. */
  readonly authorEmail?: string | undefined;
  /** A substring of what was written, whatever the case. */
  readonly text?: string | undefined;
  /** from <= created < before */
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

/** The filter in the words of the one query compiler; project and channel are the search's scope. */
export function toCondition(filter: TriageFilter): Condition {
  const { issueId, labels, authorEmail, text, from, before } = filter;
  const of: Condition[] = [
    ...anyOf(columnField('dialect'), filter.dialects),
    ...anyOf(columnField('stage'), filter.statuses),
    ...anyOf(columnField('severity'), filter.severities),
    ...anyOf(columnField('assignee_id'), filter.assigneeId === undefined ? undefined : [filter.assigneeId]),
    ...anyOf(columnField('category'), filter.category === undefined ? undefined : [filter.category]),
  ];
  if (filter.sentiments) {
    const field = columnField('sentiment');
    of.push({
      kind: 'any',
      of: filter.sentiments.map((value) =>
        value === null ? { kind: 'absent', field } : { kind: 'equals', field, value },
      ),
    });
  }
  if (labels) of.push({ kind: 'contains', field: columnField('labels'), value: labels });
  if (issueId !== undefined) of.push({ kind: 'issues', match: 'any', ids: [issueId] });
  if (authorEmail !== undefined) of.push({ kind: 'author', email: authorEmail });
  if (text !== undefined) of.push({ kind: 'written', text });
  if (from || before) of.push({ kind: 'range', field: 'createdAt', from, before });
  return { kind: 'all', of };
}

function anyOf(field: FieldRef, values: readonly string[] | undefined): Condition[] {
  if (!values) return [];
  return [{ kind: 'any', of: values.map((value) => ({ kind: 'equals', field, value })) }];
}
