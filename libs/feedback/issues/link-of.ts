import type { Feedback } from '../feedback.entity.js';
import type { NewLink } from './feedback-issues.store.js';

/** A link from a feedback to an issue. */
export function linkOf({ projectId, id, channelId, createdAt }: Feedback, issueId: number): NewLink {
  return { projectId, feedbackId: id, issueId, channelId, feedbackCreatedAt: createdAt };
}
