import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { IMPORT_STATES, type ImportState } from '#libs/import/import.entity.js';
import { SENSITIVITIES, type Sensitivity } from '#libs/import/source.entity.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IsIanaTimeZone } from '#apps/api/src/http/validation/is-iana-time-zone.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { QueryInteger } from '#apps/api/src/http/validation/query-integer.js';

export class CreateSourceBody {
  /** Names the source and the channel that its rows go into. @example "Old help desk" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  title!: string;

  /** @example 1 */
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** The zone of the dates of its rows, which name none. @example "Europe/Berlin" */
  @ApiProperty({ required: false })
  @IsIanaTimeZone()
  timeZone: string = 'UTC';

  /**
   * `mask` replaces e-mail addresses, phone numbers, IBANs and card numbers before anything is stored; `drop-name`
   * does that too and forgets names. @example "mask"
   */
  @ApiProperty({ enum: SENSITIVITIES, required: false })
  @IsIn(SENSITIVITIES)
  sensitivity: Sensitivity = 'none';
}

export class UpdateSourceBody {
  /** @example "Old help desk" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  @IsOptional()
  title?: string;

  /** For rows that come from now on. @example "Europe/Berlin" */
  @IsIanaTimeZone()
  @IsOptional()
  timeZone?: string;

  /** For rows that come from now on. @example "drop-name" */
  @ApiProperty({ enum: SENSITIVITIES })
  @IsIn(SENSITIVITIES)
  @IsOptional()
  sensitivity?: Sensitivity;

  /** false: takes no rows. @example true */
  @IsBoolean()
  @IsOptional()
  enabled?: boolean;

  /** true: takes no rows; what came stays. @example false */
  @IsBoolean()
  @IsOptional()
  archived?: boolean;
}

export class SourceQuery extends PageQuery {
  /** Only sources of this project. @example 1 */
  @ApiProperty({ type: 'integer', required: false })
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  @QueryInteger()
  @IsOptional()
  projectId?: number;
}

export class SourceView {
  /** What rows are sent with, as `source_id`. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Old help desk" */
  title!: string;

  /** How it is fed: rows are pushed to it. @example "rest" */
  type!: string;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example 3 */
  @ApiProperty({ type: 'integer' })
  channelId!: number;

  /** @example "Europe/Berlin" */
  timeZone!: string;

  /** @example "mask" */
  @ApiProperty({ enum: SENSITIVITIES })
  sensitivity!: Sensitivity;

  /** @example true */
  enabled!: boolean;

  /** @example false */
  archived!: boolean;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class SourcePage {
  items!: SourceView[];

  /** @example null */
  nextCursor!: string | null;
}

export class SourceImportView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "completed" */
  @ApiProperty({ enum: IMPORT_STATES })
  state!: ImportState;

  /** @example 2 */
  @ApiProperty({ type: 'integer' })
  received!: number;

  /** @example 2 */
  @ApiProperty({ type: 'integer' })
  imported!: number;

  /** @example 0 */
  @ApiProperty({ type: 'integer' })
  duplicates!: number;

  /** @example 0 */
  @ApiProperty({ type: 'integer' })
  rejected!: number;

  /** @example 0 */
  @ApiProperty({ type: 'integer' })
  masked!: number;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.340Z" */
  @ApiProperty({ format: 'date-time' })
  finishedAt!: string | null;

  /** @example null */
  error!: string | null;
}

export class SourceImportPage {
  /** Latest first. */
  items!: SourceImportView[];

  /** @example null */
  nextCursor!: string | null;
}
