import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, MinLength, ValidateNested } from 'class-validator';
import { FEEDBACK_SEVERITIES, type FeedbackSeverity } from '#libs/feedback/workflow/feedback-severity.js';
import { IsOpaqueId } from '#apps/api/src/http/validation/is-opaque-id.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { FEEDBACK_TYPES, type FeedbackType } from '../feedback-types.js';
import { AreLabels } from '#apps/api/src/http/validation/are-labels.js';
import { NotAccepted } from '../validation/not-accepted.js';
import { Trimmed } from '../validation/trimmed.js';
import { ScopeBody } from './scope.dto.js';

/** A new feedback. */
export class CreateFeedbackBody {
  @ValidateNested()
  @Type(() => ScopeBody)
  @IsObject({ message: 'scope must be an object with a type and an id' })
  scope!: ScopeBody;

  /** What sort of feedback it is; left out, GENERAL. @example "GENERAL" */
  @ApiProperty({ enum: FEEDBACK_TYPES, required: false })
  @IsIn(FEEDBACK_TYPES, { message: `type must be one of ${FEEDBACK_TYPES.join(', ')}` })
  @IsOptional()
  type?: FeedbackType | null;

  /**
   * Who says it: servers must tell; for others it is the caller, or anybody for whom feedback:edit lets them speak.
   * @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10"
   */
  @ApiProperty({ type: 'string', nullable: true, required: false, minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  authorId?: string | null;

  /** @example "Missing banner" */
  @Trimmed()
  @MaxLength(200)
  @MinLength(1)
  @IsString()
  title!: string;

  /** @example "The banner of the shop is not shown." */
  @MaxLength(10_000)
  @MinLength(1)
  @IsString()
  description!: string;

  /** Empty is none. @example "UX" */
  @MaxLength(64)
  @IsString()
  @IsOptional()
  category?: string | null;

  /** Where in the target it is. @example "banner detail" */
  @MaxLength(255)
  @IsString()
  @IsOptional()
  targetContext?: string | null;

  /** Left out, MEDIUM. @example "LOW" */
  @ApiProperty({ enum: FEEDBACK_SEVERITIES, required: false })
  @IsIn(FEEDBACK_SEVERITIES, { message: `severity must be one of ${FEEDBACK_SEVERITIES.join(', ')}` })
  @IsOptional()
  severity?: FeedbackSeverity | null;

  /** At most 20 of at most 50 characters; of those that differ in case alone the first one is kept. @example ["ui", "banner"] */
  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 50 },
    maxItems: 20,
    required: false,
  })
  @AreLabels()
  @IsOptional()
  labels?: string[] | null;

  /** Whom it is about. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ type: 'string', nullable: true, required: false, minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  targetUserId?: string | null;

  @ApiHideProperty()
  @NotAccepted('status cannot be sent: feedback starts as OPEN')
  status?: unknown;
}
