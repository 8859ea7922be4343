import type { NewField } from '#libs/channels/channels.service.js';
import type { InboxPlan } from '#libs/feedback/inbox/scoped-inboxes.service.js';
import { NAME } from './scoped-feedback.name.js';

/** Title and description are the channel's own; all else mirrors a column. Only this API changes any of it. */
const FIELDS: readonly NewField[] = [
  { key: 'title', name: 'Title', format: 'text', editable: false },
  { key: 'description', name: 'Description', format: 'text', editable: false },
  mirror('type', 'Type', 'type'),
  mirror('scopeType', 'Scope', 'scope_type'),
  mirror('scopeId', 'Scope id', 'scope_id'),
  mirror('category', 'Category', 'category'),
  mirror('targetContext', 'Target context', 'target_context'),
  { ...mirror('targetUserId', 'Target user', 'target_user_id'), personal: true },
  { ...mirror('reporterId', 'Reporter', 'author_id'), personal: true },
  mirror('assignedUserId', 'Assigned user', 'assignee_id'),
  { ...mirror('labels', 'Labels', 'labels'), format: 'multiSelect' },
  mirror('status', 'Status', 'status'),
  mirror('severity', 'Severity', 'severity'),
  mirror('resolutionNote', 'Resolution note', 'resolution_note'),
  { ...mirror('acknowledgedAt', 'Acknowledged at', 'acknowledged_at'), format: 'date' },
  { ...mirror('resolvedAt', 'Resolved at', 'resolved_at'), format: 'date' },
];

/** The inbox of an account, as this API needs it. */
export const INBOX_PLAN: InboxPlan = {
  projectName: 'Scoped feedback',
  channel: { name: 'Scoped feedback', dialect: NAME, fields: FIELDS },
};

function mirror(key: string, name: string, systemColumn: string): NewField {
  return { key, name, format: 'keyword', editable: false, systemColumn };
}
