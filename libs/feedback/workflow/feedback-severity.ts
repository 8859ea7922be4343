/** How much a feedback matters, from least to most. */
export const FEEDBACK_SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

export type FeedbackSeverity = (typeof FEEDBACK_SEVERITIES)[number];
