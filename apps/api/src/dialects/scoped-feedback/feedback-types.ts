/** What sort of feedback it is; the published API shows GENERAL, the others are ours. */
export const FEEDBACK_TYPES = [
  'GENERAL',
  'BUG',
  'FEATURE_REQUEST',
  'PLAYER_REPORT',
  'QUESTION',
  'PRAISE',
] as const;

export type FeedbackType = (typeof FEEDBACK_TYPES)[number];
