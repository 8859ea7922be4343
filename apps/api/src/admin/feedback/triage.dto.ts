import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { FEEDBACK_SEVERITIES, type FeedbackSeverity } from '#libs/feedback/workflow/feedback-severity.js';
import { FEEDBACK_STATUSES, type FeedbackStatus } from '#libs/feedback/workflow/feedback-status.js';
import { AreLabels } from '#apps/api/src/http/validation/are-labels.js';
import { IfSent } from '#apps/api/src/http/validation/if-sent.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

const MANY = 200;

/** How feedback is handled: what is left out stays, null clears. */
export class TriageBody {
  /** @example "IN_PROGRESS" */
  @ApiProperty({ enum: FEEDBACK_STATUSES, required: false })
  @IsIn(FEEDBACK_STATUSES)
  @IfSent()
  status?: FeedbackStatus;

  /** @example "MEDIUM" */
  @ApiProperty({ enum: FEEDBACK_SEVERITIES, required: false })
  @IsIn(FEEDBACK_SEVERITIES)
  @IfSent()
  severity?: FeedbackSeverity;

  /**
   * Takes the place of all labels; of those that differ in case alone the first one is kept, an empty list clears them.
   * @example ["export"]
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

  /** Empty is none. @example "reports" */
  @MaxLength(64)
  @IsString()
  @IsOptional()
  category?: string | null;

  /** @example "The export runs at night now." */
  @MaxLength(4_000)
  @IsString()
  @IsOptional()
  resolutionNote?: string | null;

  /** An active user of the account. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, required: false })
  @IsUUID('all')
  @IsOptional()
  assigneeId?: string | null;
}

export class BulkTriageBody {
  /** @example [32, 33] */
  @ApiProperty({ type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: MANY })
  @Max(Number.MAX_SAFE_INTEGER, { each: true })
  @Min(1, { each: true })
  @IsInt({ each: true })
  @ArrayUnique()
  @ArrayMaxSize(MANY)
  @ArrayNotEmpty()
  @IsArray()
  ids!: number[];

  /** The same for all of them. */
  @ValidateNested()
  @Type(() => TriageBody)
  @IsObject()
  @IsDefined()
  change!: TriageBody;
}

export class BulkTriageView {
  /** @example [32] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  changed!: number[];

  /** Ids that the account does not have. @example [33] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  missing!: number[];
}
