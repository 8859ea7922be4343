import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { FEEDBACK_STATUSES, type FeedbackStatus } from '#libs/feedback/workflow/feedback-status.js';
import { SENTIMENTS, type SentimentName } from '#libs/statistics/sentiment-name.js';
import { IsDay } from '#apps/api/src/http/validation/is-day.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { QueryId } from '#apps/api/src/http/validation/query-id.decorator.js';

/** Which feedback is counted. */
export class StatisticsQuery {
  /** Whose feedback is counted. @example 1 */
  @QueryId()
  projectId!: number;

  /** Only this channel. @example 1 */
  @QueryId()
  @IsOptional()
  channelId?: number;

  /** The first day, in the project's time zone; left out, 30 days end with `to`. */
  @ApiProperty({ format: 'date' })
  @IsDay()
  @IsOptional()
  from?: string;

  /** The last day, included; left out, today. At most 366 days. */
  @ApiProperty({ format: 'date' })
  @IsDay()
  @IsOptional()
  to?: string;

  /** Only what came by this public API. @example "insider-connect" */
  @MaxLength(30)
  @IsString()
  @IsOptional()
  dialect?: string;

  /** Only what has this status; what nobody has looked at is OPEN. @example "OPEN" */
  @ApiProperty({ enum: FEEDBACK_STATUSES })
  @IsIn(FEEDBACK_STATUSES)
  @IsOptional()
  status?: FeedbackStatus;

  /** Only what feels like this; `none`: not said. @example "negative" */
  @ApiProperty({ enum: SENTIMENTS })
  @IsIn(SENTIMENTS)
  @IsOptional()
  sentiment?: SentimentName;

  /** Only what carries this label. */
  @MaxLength(50)
  @IsString()
  @IsOptional()
  label?: string;
}

/** Which feedback is counted, when it is not narrowed further. */
export class RangeQuery extends OmitType(StatisticsQuery, ['dialect', 'status', 'sentiment', 'label']) {}

export class SentimentCounts {
  /** @example 3 */
  @ApiProperty({ type: 'integer' })
  negative!: number;

  /** @example 0 */
  @ApiProperty({ type: 'integer' })
  neutral!: number;

  /** @example 5 */
  @ApiProperty({ type: 'integer' })
  positive!: number;

  /** Not said. @example 1 */
  @ApiProperty({ type: 'integer' })
  none!: number;
}

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class VolumeView {
  /** @example 9 */
  @ApiProperty({ type: 'integer' })
  total!: number;

  /** @example { "insider-connect": 9 } */
  @ApiProperty(COUNTS)
  byDialect!: Record<string, number>;

  bySentiment!: SentimentCounts;

  /** @example { "OPEN": 8, "RESOLVED": 1 } */
  @ApiProperty(COUNTS)
  byStatus!: Record<string, number>;
}

export class DayVolumeView extends VolumeView {
  /** @example "2026-11-22" */
  @ApiProperty({ format: 'date' })
  day!: string;
}

class RangeView {
  /** The project's; its days are counted. @example "Europe/Berlin" */
  timeZone!: string;

  /** @example "2026-10-24" */
  @ApiProperty({ format: 'date' })
  from!: string;

  /** @example "2026-11-22" */
  @ApiProperty({ format: 'date' })
  to!: string;
}

export class VolumeStatistics extends RangeView {
  /** Every day of the range, oldest first. */
  days!: DayVolumeView[];

  /** Over the whole range. */
  all!: VolumeView;
}

export class DurationView {
  /** How many it is made of. @example 12 */
  @ApiProperty({ type: 'integer' })
  count!: number;

  /** Seconds. @example 5400 */
  median!: number;

  /** Seconds; nine of ten were as quick. @example 86400 */
  p90!: number;
}

export class HandlingView {
  /**
   * From creation to the first acknowledgement; null when there was none.
   * @example { "count": 12, "median": 5400, "p90": 86400 }
   */
  @ApiProperty({ type: DurationView })
  acknowledged!: DurationView | null;

  /**
   * From creation to the resolution; null when there was none.
   * @example { "count": 9, "median": 54000, "p90": 172800 }
   */
  @ApiProperty({ type: DurationView })
  resolved!: DurationView | null;
}

export class DayHandlingView extends HandlingView {
  /** The day on which it was acknowledged or resolved. @example "2026-11-22" */
  @ApiProperty({ format: 'date' })
  day!: string;
}

export class HandlingStatistics extends RangeView {
  /** Every day of the range, oldest first. */
  days!: DayHandlingView[];

  /** Over the whole range. */
  all!: HandlingView;
}

export class IssueVolumeView {
  /** @example 7 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "payment" */
  name!: string;

  /** @example "INIT" */
  status!: string;

  /** Over the whole range. @example 3 */
  @ApiProperty({ type: 'integer' })
  count!: number;

  /** One number for every day from `from` to `to`. @example [0, 2, 1] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  perDay!: number[];
}

export class IssueStatistics extends RangeView {
  /** Those that most feedback of the range is about, most first. */
  issues!: IssueVolumeView[];
}
