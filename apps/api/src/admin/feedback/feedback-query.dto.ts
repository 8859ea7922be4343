import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length, MinLength } from 'class-validator';
import { FEEDBACK_SEVERITIES } from '#libs/feedback/workflow/feedback-severity.js';
import { FEEDBACK_STATUSES } from '#libs/feedback/workflow/feedback-status.js';
import { SENTIMENTS, type SentimentName } from '#libs/statistics/sentiment-name.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { CommaSeparated } from '#apps/api/src/http/validation/comma-separated.js';
import { IsInstant } from '#apps/api/src/http/validation/is-instant.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { QueryId } from '#apps/api/src/http/validation/query-id.decorator.js';

const MANY = 20;

/** Which feedback of the account; what is left out does not narrow. */
export class FeedbackListQuery extends PageQuery {
  /** Only this project's. */
  @QueryId()
  @IsOptional()
  projectId?: number;

  /** Only this channel's; needs projectId. */
  @QueryId()
  @IsOptional()
  channelId?: number;

  /** Only what is about this issue; needs projectId. */
  @QueryId()
  @IsOptional()
  issueId?: number;

  /** Only what came by one of these public APIs, separated by commas. */
  @ApiProperty({ type: 'string' })
  @Length(1, 30, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(MANY)
  @IsArray()
  @IsOptional()
  @CommaSeparated()
  dialect?: string[];

  /** OPEN (what nobody has looked at is), ACKNOWLEDGED, IN_PROGRESS, RESOLVED, DECLINED; several by commas. */
  @ApiProperty({ type: 'string' })
  @IsIn(FEEDBACK_STATUSES, { each: true })
  @IsArray()
  @IsOptional()
  @CommaSeparated()
  status?: string[];

  /** LOW, MEDIUM, HIGH, CRITICAL; several by commas. */
  @ApiProperty({ type: 'string' })
  @IsIn(FEEDBACK_SEVERITIES, { each: true })
  @IsArray()
  @IsOptional()
  @CommaSeparated()
  severity?: string[];

  /** negative, neutral, positive, none (not said); several by commas. */
  @ApiProperty({ type: 'string' })
  @IsIn(SENTIMENTS, { each: true })
  @IsArray()
  @IsOptional()
  @CommaSeparated()
  sentiment?: SentimentName[];

  /** Only what carries all of these labels, separated by commas; a comma of a label is written `\,`. */
  @ApiProperty({ type: 'string' })
  @Length(1, 50, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(MANY)
  @IsArray()
  @IsOptional()
  @CommaSeparated()
  label?: string[];

  /** Only what is assigned to this user. */
  @MaxLength(128)
  @IsString()
  @IsOptional()
  assigneeId?: string;

  /** Only what has this category. */
  @MaxLength(64)
  @IsString()
  @IsOptional()
  category?: string;

  /** Only what was written by this address. */
  @MaxLength(254)
  @IsString()
  @IsOptional()
  authorEmail?: string;

  /** Only what contains this, whatever the case. */
  @MaxLength(500)
  @MinLength(1)
  @IsString()
  @IsOptional()
  text?: string;

  /** Created then or later: a date, or a date and a time; in UTC where it has no offset. */
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  @IsOptional()
  from?: string;

  /** Created earlier; spelled like `from`. */
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  @IsOptional()
  before?: string;
}
