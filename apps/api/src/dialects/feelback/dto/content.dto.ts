import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, MinLength, ValidateNested } from 'class-validator';
import { CONTENT_STATES, type ContentState } from '#libs/content-sets/content-state.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { activeByDefault } from './active-by-default.js';
import { ContentSetTopQueryModel, STATE_FILTERS, type StateFilter } from './content-set-query.dto.js';
import { Paged } from './paging.dto.js';
import { AggregatedData } from './stats.dto.js';

/** Which contents. */
export class ContentFilters {
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

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  contentSetId?: string;
}

/** Which contents, a page at a time. */
export class ContentQueryModel extends IntersectionType(Paged, ContentFilters) {}

export class ContentTopQueryModel extends ContentSetTopQueryModel {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  contentSetId?: string;
}

export class ContentMetadataModel {
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

/** A new content. */
export class ContentData {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @MaxLength(200)
  @IsString()
  contentSetId!: string;

  /** Unique within the set; compared character by character. @example "https://blog.example.com/hello" */
  @MaxLength(1024)
  @MinLength(1)
  @IsString()
  key!: string;

  @ValidateNested()
  @IsObject()
  @IsOptional()
  @Type(() => ContentMetadataModel)
  metadata?: ContentMetadataModel;
}

/** What changes in a content; a member that is left out stays as it is, null takes it away. */
export class ContentSaveModel extends ContentMetadataModel {
  /** @example "https://blog.example.com/hello" */
  @MaxLength(1024)
  @MinLength(1)
  @IsString()
  @IsOptional()
  key?: string;
}

/** Names a content by its key. */
export class ContentKey {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @MaxLength(200)
  @IsString()
  contentSetId!: string;

  /** @example "https://blog.example.com/hello" */
  @MaxLength(1024)
  @MinLength(1)
  @IsString()
  key!: string;
}

export class ContentItemMetadata {
  /** @example "Hello, world" */
  title?: string;

  /** @example "The first article" */
  description?: string;

  /** @example "https://blog.example.com/hello" */
  url?: string;
}

export class ContentItem {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "https://blog.example.com/hello" */
  key!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  /** @example "1" */
  projectId!: string;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  contentSetId!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** @example "active" */
  @ApiProperty({ enum: CONTENT_STATES })
  state!: ContentState;

  metadata!: ContentItemMetadata;
}

/** A content with its feelbacks of a period, counted. */
export class ContentItemWithStats extends ContentItem {
  stats!: AggregatedData;
}

export class ContentItemList {
  /** Newest first. */
  items!: ContentItem[];

  /** How many there are on all pages. @example 1 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class ContentItemLookupEntry {
  /** @example "1" */
  projectId!: string;

  /** @example "https://blog.example.com/hello" */
  key!: string;

  metadata!: ContentItemMetadata;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  contentSetId!: string;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  id!: string;
}
