import { ApiProperty } from '@nestjs/swagger';

export class FeedbackAuthorView {
  /** @example "player-1" */
  id!: string | null;

  /** @example "Ada" */
  name!: string | null;

  /** @example "user@example.com" */
  email!: string | null;

  /** May be written to; null: not asked. @example true */
  contactConsent!: boolean | null;
}

export class FeedbackScopeView {
  /** @example "server" */
  type!: string;

  /** @example "survival-1" */
  id!: string | null;
}

export class FeedbackIssueView {
  /** @example 7 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "payment" */
  name!: string;

  /** @example "INIT" */
  status!: string;
}

export class FeedbackFileView {
  /** @example 27 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "screenshot.png" */
  name!: string;

  /** @example "image/png" */
  contentType!: string;

  /** Bytes. @example 48213 */
  @ApiProperty({ type: 'integer' })
  size!: number;

  /** Where it can be downloaded. @example "/api/admin/feedback/32/attachments/27" */
  url!: string;
}

/** A feedback, whichever public API it came by. */
export class InboxItemView {
  /** The same in every public API. @example 32 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  channelId!: number;

  /** What it came by. @example "insider-connect" */
  dialect!: string;

  /** What was said, by the keys of the channel's fields. @example { "description": "The export takes ages." } */
  @ApiProperty({ type: 'object', additionalProperties: true })
  values!: Record<string, unknown>;

  author!: FeedbackAuthorView;

  /** -1 negative, 0 neutral, 1 positive, null not said. @example -1 */
  @ApiProperty({ type: 'integer' })
  sentiment!: number | null;

  /** Where it belongs. @example { "type": "server", "id": "survival-1" } */
  @ApiProperty({ type: FeedbackScopeView })
  scope!: FeedbackScopeView | null;

  /** @example "OPEN" */
  status!: string;

  /** @example null */
  severity!: string | null;

  /** @example ["export"] */
  labels!: string[];

  /** @example null */
  category!: string | null;

  /** @example null */
  assigneeId!: string | null;

  /** @example null */
  resolutionNote!: string | null;

  issues!: FeedbackIssueView[];

  attachments!: FeedbackFileView[];

  /** When it was said. @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  submittedAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** @example null */
  @ApiProperty({ format: 'date-time' })
  acknowledgedAt!: string | null;

  /** @example null */
  @ApiProperty({ format: 'date-time' })
  resolvedAt!: string | null;
}

export class InboxPage {
  /** Newest first. */
  items!: InboxItemView[];

  /** @example null */
  nextCursor!: string | null;
}

/** One member that was changed. What people wrote is not kept: of texts only that they changed. */
export class TriageHistoryView {
  /** @example "status" */
  member!: string;

  /** null for texts and labels. @example "OPEN" */
  from!: string | null;

  /** null for texts and labels. @example "IN_PROGRESS" */
  to!: string | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  changedAt!: string;

  /** @example "user" */
  actorKind!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  actorId!: string | null;
}

export class TriageHistoryPage {
  /** Newest first. */
  items!: TriageHistoryView[];

  /** @example null */
  nextCursor!: string | null;
}
