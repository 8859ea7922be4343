/** The columns of `feedback` that a field may mirror, with the member of the entity that holds each. */
export const SYSTEM_COLUMNS = {
  id: 'id',
  dialect: 'dialect',
  author_id: 'authorId',
  author_name: 'authorName',
  author_email: 'authorEmail',
  contact_consent: 'contactConsent',
  sentiment: 'sentiment',
  scope_type: 'scopeType',
  scope_id: 'scopeId',
  type: 'type',
  target_context: 'targetContext',
  target_user_id: 'targetUserId',
  status: 'status',
  severity: 'severity',
  labels: 'labels',
  category: 'category',
  assignee_id: 'assigneeId',
  resolution_note: 'resolutionNote',
  acknowledged_at: 'acknowledgedAt',
  resolved_at: 'resolvedAt',
  submitted_at: 'submittedAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const;

export type SystemColumn = keyof typeof SYSTEM_COLUMNS;

export type SystemMember = (typeof SYSTEM_COLUMNS)[SystemColumn];

/** What the mirrored columns hold, by member. */
export type SystemValues = { readonly [Member in SystemMember]?: unknown };

export function isSystemColumn(name: string): name is SystemColumn {
  return Object.hasOwn(SYSTEM_COLUMNS, name);
}
