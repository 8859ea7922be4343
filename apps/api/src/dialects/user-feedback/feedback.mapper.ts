import { type ChannelSchema } from '#libs/channels/channel-schema.js';
import { toStored, valuesOf } from '#libs/channels/field-values.js';
import type { FeedbackToCreate } from '#libs/feedback/feedback.service.js';
import type { FoundFeedback } from '#libs/feedback/search/feedback-search.service.js';
import type { Issue } from '#libs/issues/issue.entity.js';
import type { IssueOfFeedback } from './dto/feedback.dto.js';
import type { SaidFeedback } from './feedback-values.js';
import { NAME } from './user-feedback.name.js';

export function toFeedback(schema: ChannelSchema, said: SaidFeedback): FeedbackToCreate {
  const { values, issueNames, createdAt } = said;
  return { dialect: NAME, ...toStored(schema, values), issueNames, createdAt };
}

/** The values by field key; what was never said is absent. */
export function toView(schema: ChannelSchema, { feedback, issues }: FoundFeedback): Record<string, unknown> {
  return {
    ...valuesOf(schema, feedback as Parameters<typeof valuesOf>[1]),
    id: feedback.id,
    createdAt: feedback.createdAt.toISOString(),
    updatedAt: feedback.updatedAt.toISOString(),
    issues: issues.map(toIssue),
  };
}

function toIssue(issue: Issue): IssueOfFeedback {
  return {
    id: issue.id,
    createdAt: issue.createdAt.toISOString(),
    updatedAt: issue.updatedAt.toISOString(),
    deletedAt: null,
    name: issue.name,
    description: issue.description,
    status: issue.status,
    externalIssueId: issue.externalIssueId,
    feedbackCount: issue.feedbackCount,
  };
}
