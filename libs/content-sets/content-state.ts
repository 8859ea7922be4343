/** Of sets and of contents. Inactive: no new feelbacks for the time being. Archived: put away, still read. */
export const CONTENT_STATES = ['active', 'inactive', 'archived'] as const;

export type ContentState = (typeof CONTENT_STATES)[number];
