import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { CONTENT_STATES, type ContentState } from '#libs/content-sets/content-state.js';
import { type Schema, SCHEMAS } from '#libs/content-sets/schemas/schema.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { AggregatedData } from './stats.dto.js';

export class ContentSetMetadataModel {
  /** @example "Articles" */
  @MaxLength(255)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "Every article of the blog" */
  @MaxLength(2000)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** true: a feelback on a key that is not there yet makes no content. @example false */
  @IsBoolean()
  @IsOptional()
  disallowAutoContentCreation?: boolean;

  /** true: the counts can be read without a key. @example true */
  @IsBoolean()
  @IsOptional()
  publicAggregates?: boolean;
}

/** A new content set. */
export class ContentSetData {
  /** @example "1" */
  @MaxLength(200)
  @IsString()
  projectId!: string;

  /** Unique within the project. @example "articles" */
  @MaxLength(30)
  @MinLength(1)
  @IsString()
  key!: string;

  /** @example "reaction" */
  @ApiProperty({ enum: SCHEMAS })
  @IsIn(SCHEMAS)
  schema!: Schema;

  /** The items of a reaction, the tags of a tagged-message, the bounds of a rating or a message. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { items: ['heart', 'laugh'] } })
  @IsObject()
  @IsOptional()
  schemaConfig?: Record<string, unknown> | null;

  @ValidateNested()
  @IsObject()
  @IsDefined()
  @Type(() => ContentSetMetadataModel)
  metadata!: ContentSetMetadataModel;
}

/** What changes in a content set; a member that is left out stays as it is. Schema and configuration are fixed. */
export class ContentSetSaveModel {
  /** @example "Articles" */
  @MaxLength(255)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** null takes it away. @example "Every article of the blog" */
  @MaxLength(2000)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** @example false */
  @IsBoolean()
  @IsOptional()
  disallowAutoContentCreation?: boolean;

  /** @example true */
  @IsBoolean()
  @IsOptional()
  publicAggregates?: boolean;

  /** @example "articles" */
  @MaxLength(30)
  @MinLength(1)
  @IsString()
  @IsOptional()
  key?: string;
}

/** Names a content set by its key. */
export class ContentSetKey {
  /** @example "1" */
  @MaxLength(200)
  @IsString()
  projectId!: string;

  /** @example "articles" */
  @MaxLength(1024)
  @IsString()
  key!: string;
}

export class ContentSetMetadata {
  /** @example "Every article of the blog" */
  description?: string;

  /** @example false */
  disallowAutoContentCreation?: boolean;

  /** @example true */
  publicAggregates?: boolean;
}

export class ContentSet {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Articles" */
  name!: string;

  /** @example "articles" */
  key!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  /** @example "1" */
  projectId!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** @example "active" */
  @ApiProperty({ enum: CONTENT_STATES })
  state!: ContentState;

  /** @example "reaction" */
  @ApiProperty({ enum: SCHEMAS })
  schema!: Schema;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { items: [{ value: 'heart' }] } })
  schemaConfig?: Record<string, unknown>;

  metadata!: ContentSetMetadata;
}

/** A content set with its feelbacks of a period, counted. */
export class ContentSetWithStats extends ContentSet {
  stats!: AggregatedData;
}

export class ContentSetList {
  /** Newest first. */
  items!: ContentSet[];

  /** How many there are on all pages. @example 1 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class ContentSetLookupEntry {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "1" */
  projectId!: string;

  /** @example "Articles" */
  name!: string;

  /** @example "articles" */
  key!: string;

  /** @example "reaction" */
  @ApiProperty({ enum: SCHEMAS })
  schema!: Schema;

  metadata!: ContentSetMetadata;
}
