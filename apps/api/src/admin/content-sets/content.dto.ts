import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MinLength } from 'class-validator';
import { CONTENT_STATES, type ContentState } from '#libs/content-sets/content-state.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

/** What a content says of itself. */
abstract class ContentDetailsBody {
  /** @example "Hello, world" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  title?: string | null;

  /** @example "The first article" */
  @MaxLength(2000)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** @example "https://blog.example.com/hello" */
  @MaxLength(2048)
  @IsString()
  @IsOptional()
  url?: string | null;
}

export class CreateContentBody extends ContentDetailsBody {
  /** Unique within the set; compared character by character. @example "https://blog.example.com/hello" */
  @MaxLength(1024)
  @MinLength(1)
  @IsString()
  key!: string;
}

/** A member that is left out stays as it is. */
export class UpdateContentBody extends ContentDetailsBody {
  /** @example "https://blog.example.com/hello" */
  @MaxLength(1024)
  @MinLength(1)
  @IsString()
  @IsOptional()
  key?: string;

  /** `inactive` takes no feelbacks for the time being, `archived` is put away; `active` undoes both. @example "inactive" */
  @ApiProperty({ enum: CONTENT_STATES })
  @IsIn(CONTENT_STATES)
  @IsOptional()
  state?: ContentState;
}

export class ContentQuery extends PageQuery {
  /** Only contents in this state. @example "active" */
  @ApiProperty({ enum: CONTENT_STATES })
  @IsIn(CONTENT_STATES)
  @IsOptional()
  state?: ContentState;
}

export class ContentView {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  contentSetId!: string;

  /** @example "https://blog.example.com/hello" */
  key!: string;

  /** @example "Hello, world" */
  title!: string | null;

  /** @example "The first article" */
  description!: string | null;

  /** @example "https://blog.example.com/hello" */
  url!: string | null;

  /** @example "active" */
  @ApiProperty({ enum: CONTENT_STATES })
  state!: ContentState;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ContentPage {
  items!: ContentView[];

  /** @example null */
  nextCursor!: string | null;
}
