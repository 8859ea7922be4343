import type { SystemValues } from '#libs/channels/system-columns.js';
import { emailForms } from '#libs/platform/email/normalize-email.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { SCOPE_TYPES } from '#libs/scopes/scope.js';
import { distinctLabels } from './distinct-labels.js';
import type { Feedback } from './feedback.entity.js';
import { FEEDBACK_SEVERITIES } from './workflow/feedback-severity.js';
import { FEEDBACK_STATUSES } from './workflow/feedback-status.js';

/** What the columns hold beside ids, fields and the times that the store keeps itself. */
export type ColumnValues = Pick<
  Feedback,
  | 'authorId'
  | 'authorName'
  | 'authorEmail'
  | 'authorEmailNormalized'
  | 'contactConsent'
  | 'sentiment'
  | 'scopeType'
  | 'scopeId'
  | 'type'
  | 'targetContext'
  | 'targetUserId'
  | 'status'
  | 'severity'
  | 'labels'
  | 'category'
  | 'assigneeId'
  | 'resolutionNote'
  | 'acknowledgedAt'
  | 'resolvedAt'
  | 'submittedAt'
>;

type Member = Exclude<keyof ColumnValues, 'authorEmailNormalized'>;

// Characters as PostgreSQL counts them: an emoji is one.
const upTo = (max: number) => (value: unknown) =>
  typeof value === 'string' && (value.length <= max || [...value].length <= max);
const oneOf = (members: readonly string[]) => (value: unknown) => members.includes(value as string);
const isTime = (value: unknown) => value instanceof Date && !Number.isNaN(value.getTime());

/** What each column bears; null is borne by all but `submittedAt`. */
const BEARS: Readonly<Record<Member, (value: unknown) => boolean>> = {
  authorId: upTo(128),
  authorName: upTo(255),
  authorEmail: (value) => upTo(254)(value) && /^[^\s@]+@[^\s@]+$/.test(value as string),
  contactConsent: (value) => typeof value === 'boolean',
  sentiment: (value) => value === -1 || value === 0 || value === 1,
  scopeType: oneOf(SCOPE_TYPES),
  scopeId: upTo(128),
  type: upTo(20),
  targetContext: upTo(255),
  targetUserId: upTo(128),
  status: oneOf(FEEDBACK_STATUSES),
  severity: oneOf(FEEDBACK_SEVERITIES),
  labels: (value) => Array.isArray(value) && value.every(upTo(50)),
  category: upTo(64),
  assigneeId: upTo(128),
  resolutionNote: upTo(4000),
  acknowledgedAt: isTime,
  resolvedAt: isTime,
  submittedAt: isTime,
};

/**
 * Values for columns, as a channel's system fields bring them; what clients never set (ids, times of the store) is
 * left out. Labels are kept once each, and an empty category is none.
 * @throws DomainError invalid for a value that its column does not bear
 */
export function columnValues(values: SystemValues): Partial<ColumnValues> {
  const columns: Partial<Record<Member, unknown>> & { authorEmailNormalized?: string | null } = {};
  for (const member of Object.keys(BEARS) as Member[]) {
    const value = values[member];
    if (value === undefined) continue;
    const isBorne = value === null ? member !== 'submittedAt' : BEARS[member](value);
    if (!isBorne) {
      const message = `${member} has a value that cannot be kept`;
      throw new DomainError('invalid', 'field', message, { violations: [{ field: member, message }] });
    }
    columns[member] = value;
  }
  if (columns.labels) columns.labels = distinctLabels(columns.labels as string[]);
  if (columns.category === '') columns.category = null;
  if (columns.authorEmail !== undefined) {
    const email = columns.authorEmail ? emailForms(columns.authorEmail as string) : undefined;
    columns.authorEmail = email?.shown ?? null;
    columns.authorEmailNormalized = email?.normalized ?? null;
  }
  return columns as Partial<ColumnValues>;
}
