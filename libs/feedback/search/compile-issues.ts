import type { Condition } from './feedback-query.js';
import type { Parameters } from './parameters.js';

const OWN_LINKS = 'from feedback_issue l where l.project_id = f.project_id and l.feedback_id = f.id';

/** Whether a feedback is about any of these issues, about all of them, or about them and no own. */
export function hasIssues(
  match: Extract<Condition, { kind: 'issues' }>['match'],
  ids: readonly number[],
  parameters: Parameters,
): string {
  const wanted = [...new Set(ids)];
  const own = `(select count(*) ${OWN_LINKS})`;
  if (wanted.length === 0) return { any: 'false', all: 'true', exactly: `${own} = 0` }[match];
  const known = parameters.add(wanted.filter(Number.isSafeInteger), 'bigint[]');
  const any = `exists (select 1 ${OWN_LINKS} and l.issue_id = any(${known}))`;
  if (match === 'any') return any;
  const count = parameters.add(wanted.length, 'bigint');
  const all = `${any} and (select count(*) ${OWN_LINKS} and l.issue_id = any(${known})) = ${count}`;
  return match === 'all' ? `(${all})` : `(${all} and ${own} = ${count})`;
}

/** Whether a feedback is about the issue of its project that has this name. */
export function hasIssueNamed(name: string, parameters: Parameters): string {
  return `exists (select 1 ${OWN_LINKS} and l.issue_id = (
    select i.id from issue i where i.project_id = f.project_id and i.name = ${parameters.add(name, 'text')}))`;
}
