import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { distinctLabels } from '../distinct-labels.js';
import type { Feedback } from '../feedback.entity.js';
import type { FeedbackSeverity } from './feedback-severity.js';
import type { FeedbackStatus } from './feedback-status.js';
import { moveTo } from './move-to.js';

/** What a change of the handling may bring; what is left out stays as it is, and an empty category is none. */
export interface FeedbackChange {
  readonly status?: FeedbackStatus | undefined;
  readonly severity?: FeedbackSeverity | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly category?: string | null | undefined;
  readonly targetContext?: string | null | undefined;
  readonly resolutionNote?: string | null | undefined;
  readonly assigneeId?: string | null | undefined;
}

export type ChangedMember = keyof FeedbackChange;

/** A member that is another one than before. */
export interface AppliedMember {
  readonly member: ChangedMember;
  /** Enumerations and ids only; null for what people write. */
  readonly from: string | null;
  readonly to: string | null;
}

/** The columns that a change writes. */
export type ChangedColumns = Partial<Pick<Feedback, ChangedMember | 'acknowledgedAt' | 'resolvedAt'>> &
  Pick<Feedback, 'updatedAt'>;

export interface AppliedChange {
  readonly columns: ChangedColumns;
  readonly members: readonly AppliedMember[];
}

/** In the order in which history tells them. */
const MEMBERS: readonly ChangedMember[] = [
  'status',
  'severity',
  'labels',
  'category',
  'targetContext',
  'resolutionNote',
  'assigneeId',
];

/** Members whose values may be told elsewhere: the others hold what people wrote. */
const TOLD: ReadonlySet<ChangedMember> = new Set(['status', 'severity', 'assigneeId']);

/** What a change makes of a feedback; undefined when it brings nothing new. */
export function applyChange(feedback: Feedback, given: FeedbackChange, now: Date): AppliedChange | undefined {
  const change: FeedbackChange = {
    ...given,
    ...(given.labels && { labels: distinctLabels(given.labels) }),
    ...(given.category === '' && { category: null }),
  };
  const updatedAt = nextUpdate(now, feedback.updatedAt);
  const members = MEMBERS.flatMap((member): AppliedMember[] => {
    const to = change[member];
    const from = member === 'status' ? (feedback.status ?? 'OPEN') : feedback[member];
    if (to === undefined || same(from, to)) return [];
    return TOLD.has(member)
      ? [{ member, from: from as string | null, to: to as string | null }]
      : [{ member, from: null, to: null }];
  });
  if (members.length === 0) return undefined;
  const values = Object.fromEntries(members.map(({ member }) => [member, change[member]]));
  const moved = members.some(({ member }) => member === 'status');
  const stage = moved ? moveTo(feedback, change.status!, updatedAt) : {};
  return { columns: { ...values, ...stage, updatedAt }, members };
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));
}
