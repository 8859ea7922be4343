/** The steps of an issue's life; any may follow any other. */
export const ISSUE_STATUSES = ['INIT', 'ON_REVIEW', 'IN_PROGRESS', 'RESOLVED', 'PENDING'] as const;

export type IssueStatus = (typeof ISSUE_STATUSES)[number];
