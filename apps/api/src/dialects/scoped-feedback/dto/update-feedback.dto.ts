import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { FEEDBACK_SEVERITIES, type FeedbackSeverity } from '#libs/feedback/workflow/feedback-severity.js';
import { FEEDBACK_STATUSES, type FeedbackStatus } from '#libs/feedback/workflow/feedback-status.js';
import { IsOpaqueId } from '#apps/api/src/http/validation/is-opaque-id.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { AreLabels } from '#apps/api/src/http/validation/are-labels.js';
import { IfSent } from '#apps/api/src/http/validation/if-sent.js';
import { NotAccepted } from '../validation/not-accepted.js';

/** A change of how a feedback is handled: what is left out stays, null clears. */
export class UpdateFeedbackBody {
  /** @example "IN_PROGRESS" */
  @ApiProperty({ enum: FEEDBACK_STATUSES, required: false })
  @IsIn(FEEDBACK_STATUSES, { message: `status must be one of ${FEEDBACK_STATUSES.join(', ')}` })
  @IfSent()
  status?: FeedbackStatus;

  /** @example "MEDIUM" */
  @ApiProperty({ enum: FEEDBACK_SEVERITIES, required: false })
  @IsIn(FEEDBACK_SEVERITIES, { message: `severity must be one of ${FEEDBACK_SEVERITIES.join(', ')}` })
  @IfSent()
  severity?: FeedbackSeverity;

  /**
   * Takes the place of all labels; of those that differ in case alone the first one is kept, an empty list clears them.
   * @example ["triage"]
   */
  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 50 },
    maxItems: 20,
    required: false,
  })
  @AreLabels()
  @IfSent()
  labels?: string[];

  /** Empty is none. @example "API" */
  @MaxLength(64)
  @IsString()
  @IsOptional()
  category?: string | null;

  /** @example "profile lookup" */
  @MaxLength(255)
  @IsString()
  @IsOptional()
  targetContext?: string | null;

  /** @example "Investigating" */
  @MaxLength(4_000)
  @IsString()
  @IsOptional()
  resolutionNote?: string | null;

  /** A user who may read feedback in this scope. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ type: 'string', nullable: true, required: false, minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  assignedUserId?: string | null;
}

/** Members of a feedback that no client changes. */
const FIXED = [
  'id',
  'scope',
  'type',
  'title',
  'description',
  'targetUserId',
  'authorId',
  'reporterId',
  'reporterName',
  'assignedUserName',
  'createdAt',
  'updatedAt',
  'acknowledgedAt',
  'resolvedAt',
];

for (const member of FIXED) {
  NotAccepted(`${member} is not editable`)(UpdateFeedbackBody.prototype, member);
}
