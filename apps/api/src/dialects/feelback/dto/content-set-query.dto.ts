import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString } from 'class-validator';
import { CONTENT_STATES } from '#libs/content-sets/content-state.js';
import { TOP_PERIODS, type TopPeriod } from '#libs/feelbacks/statistics.service.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { activeByDefault } from './active-by-default.js';
import { Paged, Sized } from './paging.dto.js';

export const STATE_FILTERS = ['all', ...CONTENT_STATES] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

const asList = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value));

const ONE_OR_MORE = {
  oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, maxItems: 10 }],
  example: 'reaction',
};

/** Which content sets. */
export class ContentSetFilters {
  /** @example "active" */
  @ApiProperty({ enum: STATE_FILTERS, required: false })
  @IsIn(STATE_FILTERS)
  @activeByDefault
  state: StateFilter = 'active';

  /** @example "1" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  projectId?: string;

  /** One schema or several. */
  @ApiProperty(ONE_OR_MORE)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @IsArray()
  @asList
  @IsOptional()
  schema?: string | string[];
}

/** Which content sets, a page at a time. */
export class ContentSetQueryModel extends IntersectionType(Paged, ContentSetFilters) {}

/** Which content sets are ranked, and by the feelbacks of which time. */
export class ContentSetTopQueryModel extends Sized {
  /** @example "1" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  projectId?: string;

  /** Left out: rolling28d. @example "rolling28d" */
  @ApiProperty({ enum: TOP_PERIODS })
  @IsIn(TOP_PERIODS)
  @IsOptional()
  period?: TopPeriod;
}
