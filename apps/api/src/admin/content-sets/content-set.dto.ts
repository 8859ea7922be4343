import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { CONTENT_STATES, type ContentState } from '#libs/content-sets/content-state.js';
import { type Schema, SCHEMAS } from '#libs/content-sets/schemas/schema.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { QueryId } from '#apps/api/src/http/validation/query-id.decorator.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

/** A year: whoever changes their mind later gives another feelback. */
const LONGEST_WINDOW = 366 * 86_400;
const MOST_CONTENTS = 10_000_000;

const CONFIG = {
  type: 'object',
  additionalProperties: true,
  example: {
    items: [
      { value: 'heart', sentiment: 1 },
      { value: 'angry', sentiment: -1 },
    ],
  },
} as const;

/** What a set is asked to be, but for what is fixed from the start. */
abstract class ContentSetSettings {
  /** @example "Every article of the blog" */
  @MaxLength(2000)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** true: a feelback on a key that is not there yet makes its content. @example true */
  @IsBoolean()
  @IsOptional()
  autoContent?: boolean;

  /** true: everybody may read the counts. @example false */
  @IsBoolean()
  @IsOptional()
  publicAggregates?: boolean;

  /** For how long a feelback can be changed or taken back by who gave it; 0: never. @example 86400 */
  @ApiProperty({ type: 'integer' })
  @Max(LONGEST_WINDOW)
  @Min(0)
  @IsInt()
  @IsOptional()
  revokeWindowSeconds?: number;

  /** How many contents the set may have. @example 100000 */
  @ApiProperty({ type: 'integer' })
  @Max(MOST_CONTENTS)
  @Min(0)
  @IsInt()
  @IsOptional()
  maxContents?: number;

  /**
   * Of message and tagged-message: a channel of the project that what people write is feedback of, too; null: none.
   * It goes into the channel's first text field. @example null
   */
  @ApiProperty({ type: 'integer' })
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  @IsOptional()
  mirrorChannelId?: number | null;
}

export class CreateContentSetBody extends ContentSetSettings {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  projectId!: number;

  /** 1 to 30 characters, unique within the project. @example "articles" */
  @MaxLength(30)
  @MinLength(1)
  @IsString()
  key!: string;

  /** @example "Articles" */
  @MaxLength(255)
  @MinLength(1)
  @IsString()
  name!: string;

  /** Fixed from then on. @example "reaction" */
  @ApiProperty({ enum: SCHEMAS })
  @IsIn(SCHEMAS)
  schema!: Schema;

  /** `items` of a reaction or a tagged-message, `min` and `max` of a rating, `minLength` and `maxLength` of a message. */
  @ApiProperty(CONFIG)
  @IsObject()
  @IsOptional()
  config?: Record<string, unknown>;
}

/** A member that is left out stays as it is. */
export class UpdateContentSetBody extends ContentSetSettings {
  /** @example "articles" */
  @MaxLength(30)
  @MinLength(1)
  @IsString()
  @IsOptional()
  key?: string;

  /** @example "Articles" */
  @MaxLength(255)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** `inactive` takes no feelbacks for the time being, `archived` is put away; `active` undoes both. @example "inactive" */
  @ApiProperty({ enum: CONTENT_STATES })
  @IsIn(CONTENT_STATES)
  @IsOptional()
  state?: ContentState;
}

export class ContentSetQuery extends PageQuery {
  /** Only sets of this project. @example 1 */
  @QueryId()
  @IsOptional()
  projectId?: number;

  /** Only sets in this state. @example "active" */
  @ApiProperty({ enum: CONTENT_STATES })
  @IsIn(CONTENT_STATES)
  @IsOptional()
  state?: ContentState;
}

export class ContentSetView {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example "articles" */
  key!: string;

  /** @example "Articles" */
  name!: string;

  /** @example "Every article of the blog" */
  description!: string | null;

  /** @example "active" */
  @ApiProperty({ enum: CONTENT_STATES })
  state!: ContentState;

  /** @example "reaction" */
  @ApiProperty({ enum: SCHEMAS })
  schema!: Schema;

  @ApiProperty(CONFIG)
  config!: Record<string, unknown>;

  /** @example true */
  autoContent!: boolean;

  /** @example false */
  publicAggregates!: boolean;

  /** @example 86400 */
  @ApiProperty({ type: 'integer' })
  revokeWindowSeconds!: number;

  /** @example 100000 */
  @ApiProperty({ type: 'integer' })
  maxContents!: number;

  /** How many contents there are. @example 12 */
  @ApiProperty({ type: 'integer' })
  contentCount!: number;

  /** The channel that what people write is feedback of, too. @example null */
  @ApiProperty({ type: 'integer' })
  mirrorChannelId!: number | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ContentSetPage {
  items!: ContentSetView[];

  /** @example null */
  nextCursor!: string | null;
}
