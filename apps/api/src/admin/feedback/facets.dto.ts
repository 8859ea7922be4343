import { ApiProperty, OmitType } from '@nestjs/swagger';
import { VolumeView } from '../statistics/statistics.dto.js';
import { StatisticsQuery } from '../statistics/statistics.dto.js';
import { IsOptional } from 'class-validator';
import { QueryId } from '#apps/api/src/http/validation/query-id.decorator.js';

/** Which feedback is counted: the same as in statistics, of the whole account when no project is named. */
export class FacetsQuery extends OmitType(StatisticsQuery, ['projectId']) {
  /** Only this project's. */
  @QueryId()
  @IsOptional()
  projectId?: number;
}

export class LabelCount {
  /** @example "export" */
  label!: string;

  /** @example 4 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class DayCount {
  /** @example "2026-11-22" */
  @ApiProperty({ format: 'date' })
  day!: string;

  /** @example 9 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}

/** How many feedback each choice would leave. */
export class FacetsView extends VolumeView {
  /** The labels that most of it carries, 50 at the most. */
  byLabel!: LabelCount[];

  /** Days with any of it, in the time zone of each feedback's project, oldest first. */
  byDay!: DayCount[];
}
