import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional } from 'class-validator';
import { type Period, PERIODS } from '#libs/feelbacks/period.js';
import { IsInstant } from '#apps/api/src/http/validation/is-instant.js';

/** Which window of time, in UTC. */
export class StatsFilter {
  /** Left out: month. @example "month" */
  @ApiProperty({ enum: PERIODS })
  @IsIn(PERIODS)
  @IsOptional()
  period?: Period;

  /** An instant inside the window (ISO 8601); left out, now. @example "2026-11-22T10:00:00.000Z" */
  @IsInstant()
  @IsOptional()
  reference?: string;

  /** Whole windows to move by: -1 is the one before. @example 0 */
  @ApiProperty({ type: 'integer' })
  @IsInt()
  @IsOptional()
  shift?: number;
}

/** What every aggregation has. */
abstract class Aggregation {
  /** @example "month" */
  @ApiProperty({ enum: PERIODS })
  period!: Period;

  /** How many feelbacks in each data point, oldest first. @example [2, 0, 1] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  values!: number[];

  /** Of the whole window. @example 3 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class FeelbackPulseAggregation extends Aggregation {
  /** @example "pulse" */
  @ApiProperty({ enum: ['pulse'] })
  schema!: 'pulse';
}

export class FeelbackYesNoAggregation extends Aggregation {
  /** @example "yes-no" */
  @ApiProperty({ enum: ['yes-no'] })
  schema!: 'yes-no';

  /** [yes, no] of each data point. @example [[2, 0], [0, 0], [0, 1]] */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'integer' } } })
  points!: number[][];

  /** [yes, no] of the whole window. @example [2, 1] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  counts!: number[];

  /** From -1 (all no) to 1 (all yes). @example 0.3333333333333333 */
  summary!: number;
}

export class FeelbackReactionAggregation extends Aggregation {
  /** @example "reaction" */
  @ApiProperty({ enum: ['reaction'] })
  schema!: 'reaction';

  /** [count of each item, sentiment, intensity] of each data point. @example [[[2, 1], 0.5, 1]] */
  @ApiProperty({ type: 'array', items: { type: 'array', items: {} } })
  points!: readonly (readonly unknown[])[];

  /** Of each item, in the order of the set's configuration. @example [2, 1] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  counts!: number[];

  /** Sentiment from -1 to 1; left out when no item has any. @example 0.5 */
  summary?: number;

  /** From 0 to 1; left out when no item has any. @example 1 */
  intensity?: number;
}

export class FeelbackRatingAggregation extends Aggregation {
  /** @example "rating" */
  @ApiProperty({ enum: ['rating'] })
  schema!: 'rating';

  /** [count, average] of each data point. @example [[2, 4.5], [0, 0], [1, 3]] */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'number' } } })
  points!: number[][];

  /** The average. @example 4 */
  summary!: number;
}

export class FeelbackMessageAggregation extends Aggregation {
  /** @example "message" */
  @ApiProperty({ enum: ['message'] })
  schema!: 'message';
}

export class FeelbackTaggedMessageAggregation extends Aggregation {
  /** @example "tagged-message" */
  @ApiProperty({ enum: ['tagged-message'] })
  schema!: 'tagged-message';

  /** [count of each tag, sentiment] of each data point. @example [[[2, 1], 0]] */
  @ApiProperty({ type: 'array', items: { type: 'array', items: {} } })
  points!: readonly (readonly unknown[])[];

  /** Of each tag, in the order of the set's configuration. @example [2, 1] */
  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  counts!: number[];

  /** Sentiment from -1 to 1; left out when no tag has any. @example 0 */
  summary?: number;
}

const AGGREGATIONS = [
  FeelbackPulseAggregation,
  FeelbackYesNoAggregation,
  FeelbackReactionAggregation,
  FeelbackRatingAggregation,
  FeelbackMessageAggregation,
  FeelbackTaggedMessageAggregation,
] as const;
export type AggregationView = InstanceType<(typeof AGGREGATIONS)[number]>;

const ENTITIES = ['project', 'contentSet', 'contentItem'] as const;

/** The feelbacks of a window of time, counted. */
@ApiExtraModels(...AGGREGATIONS)
export class AggregatedData {
  /** The same for the same entity and window. @example "9a1c5e7d-2f10-8d31-8a52-0197b1c27a44" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  /** @example "1" */
  projectId!: string;

  /** Left out for a project. @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  contentSetId?: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** @example "contentSet" */
  @ApiProperty({ enum: ENTITIES })
  entity!: (typeof ENTITIES)[number];

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  entityId!: string;

  /** @example "month" */
  @ApiProperty({ enum: PERIODS })
  period!: Period;

  /** Where the window starts; of a rolling one, its last day or month. @example "2026-11-01T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  referenceDate!: string;

  @ApiProperty({
    oneOf: AGGREGATIONS.map((type) => ({ $ref: getSchemaPath(type) })),
    example: { schema: 'pulse', period: 'month', values: [2, 0, 1], count: 3 },
  })
  data!: AggregationView;

  /** Of the whole window. @example 3 */
  @ApiProperty({ type: 'integer' })
  count!: number;

  /** As in `data`; left out for pulse and message. @example 0.5 */
  summary?: number;
}
