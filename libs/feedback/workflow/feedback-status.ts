/** How far the handling of a feedback has come. Feedback that nobody has looked at may have none: it is open. */
export const FEEDBACK_STATUSES = ['OPEN', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESOLVED', 'DECLINED'] as const;

export type FeedbackStatus = (typeof FEEDBACK_STATUSES)[number];
