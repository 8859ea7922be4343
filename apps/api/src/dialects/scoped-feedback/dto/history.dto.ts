import { ApiProperty } from '@nestjs/swagger';

/** One member that was changed. What people wrote is not kept: of texts only that they changed. */
export class HistoryView {
  /** @example "status" */
  member!: string;

  /** What it was; null for texts and labels. @example "OPEN" */
  from!: string | null;

  /** What it became; null for texts and labels. @example "IN_PROGRESS" */
  to!: string | null;

  /** The `updatedAt` of the feedback after the change; members of one change share it. @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  changedAt!: string;

  /** What kind of caller it was. @example "user" */
  actorKind!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  actorId!: string | null;

  /** @example "Ada" */
  actorName!: string | null;
}

export class HistoryList {
  /** Newest first. */
  items!: HistoryView[];

  /** Asks for the next page; null on the last one. @example null */
  nextCursor!: string | null;
}
