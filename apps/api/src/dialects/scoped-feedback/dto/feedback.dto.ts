import { ApiProperty } from '@nestjs/swagger';
import { FEEDBACK_SEVERITIES } from '#libs/feedback/workflow/feedback-severity.js';
import { FEEDBACK_STATUSES } from '#libs/feedback/workflow/feedback-status.js';
import { ScopeView } from './scope.dto.js';

export class FeedbackView {
  /** The same in every API of this store. @example "32" */
  id!: string;

  scope!: ScopeView;

  /** @example "GENERAL" */
  type!: string;

  /** @example "Missing banner" */
  title!: string;

  /** @example "The banner of the shop is not shown." */
  description!: string;

  /** @example "UX" */
  category!: string | null;

  /** @example "banner detail" */
  targetContext!: string | null;

  /** @example null */
  targetUserId!: string | null;

  /** Null when another API wrote the feedback and named nobody. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  reporterId!: string | null;

  /** Null when the reporter is no user, or has no name. @example "Ada" */
  reporterName!: string | null;

  /** @example null */
  assignedUserId!: string | null;

  /** @example null */
  assignedUserName!: string | null;

  /** @example ["ui", "banner"] */
  labels!: string[];

  /** @example "OPEN" */
  @ApiProperty({ enum: FEEDBACK_STATUSES })
  status!: string;

  /** @example "HIGH" */
  @ApiProperty({ enum: FEEDBACK_SEVERITIES })
  severity!: string;

  /** @example null */
  resolutionNote!: string | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** Later than before with every change. @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** When the feedback was first looked at. @example null */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  acknowledgedAt!: string | null;

  /** When it was closed, declined as well as resolved; null while it is open. @example null */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  resolvedAt!: string | null;
}

export class FeedbackList {
  /** Newest first. */
  items!: FeedbackView[];

  /** Asks for the next page, as `Link` does; null on the last one (extension). @example null */
  nextCursor!: string | null;
}
