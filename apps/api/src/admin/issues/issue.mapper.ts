import type { CategorizedIssue } from '#libs/issues/issues.service.js';
import type { IssueFilter } from '#libs/issues/issue-query.js';
import { toTimes } from '../admin.mapper.js';
import type { IssueListQuery, IssueView } from './issue.dto.js';

export function toIssueView({ issue, category }: CategorizedIssue): IssueView {
  const { id, projectId, name, description, status, externalIssueId, feedbackCount } = issue;
  return {
    id,
    projectId,
    name,
    description,
    status,
    externalIssueId,
    category: category && { id: category.id, name: category.name },
    feedbackCount,
    ...toTimes(issue),
  };
}

export function toIssueFilter({ search, status, categoryId }: IssueListQuery): IssueFilter {
  return { searchText: search, statuses: status && [status], categoryId };
}
