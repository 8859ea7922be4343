import type { CategorizedIssue } from '#libs/issues/issues.service.js';
import type { IssueView } from './dto/issue.dto.js';

export function toIssueView({ issue, category }: CategorizedIssue): IssueView {
  return {
    id: issue.id,
    name: issue.name,
    description: issue.description,
    status: issue.status,
    externalIssueId: issue.externalIssueId,
    category: category && { id: category.id, name: category.name },
    feedbackCount: issue.feedbackCount,
    createdAt: issue.createdAt.toISOString(),
    updatedAt: issue.updatedAt.toISOString(),
  };
}
