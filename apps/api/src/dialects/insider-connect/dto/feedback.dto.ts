import { ApiProperty } from '@nestjs/swagger';
import { Success } from './envelope.dto.js';

export class AttachmentView {
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

  /** Where the file is, for the same token. @example "/api/client/feedbacks/32/attachments/27" */
  url!: string;
}

export class FeedbackView {
  /** @example 32 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "The new interface is much more intuitive." */
  description!: string | null;

  /** @example "user@example.com" */
  submittedByEmail!: string | null;

  /** @example true */
  sentimentRating!: boolean | null;

  /** @example true */
  contactConsent!: boolean | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  attachments!: AttachmentView[];
}

export class FeedbackEnvelope extends Success {
  data!: FeedbackView;
}

export class FeedbackPage {
  /** Newest first. */
  items!: FeedbackView[];

  /** Asks for the next page; null on the last one. @example null */
  nextCursor!: string | null;
}

export class FeedbackPageEnvelope extends Success {
  data!: FeedbackPage;
}
