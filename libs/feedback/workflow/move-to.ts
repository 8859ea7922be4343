import type { Feedback } from '../feedback.entity.js';
import type { FeedbackStatus } from './feedback-status.js';

/** What a status brings with it. */
export type Stage = Pick<Feedback, 'status' | 'acknowledgedAt' | 'resolvedAt'>;

const CLOSED: ReadonlySet<FeedbackStatus> = new Set(['RESOLVED', 'DECLINED']);

/**
 * The stage after a move. Every status can follow every other one. The first look at a feedback is its
 * acknowledgement, which never moves; closing it, declined as well as resolved, is timed, and opening it again takes
 * that time away.
 */
export function moveTo(stage: Stage, status: FeedbackStatus, now: Date): Stage {
  if ((stage.status ?? 'OPEN') === status) return stage;
  return {
    status,
    acknowledgedAt: stage.acknowledgedAt ?? (status === 'OPEN' ? null : now),
    resolvedAt: CLOSED.has(status) ? now : null,
  };
}
