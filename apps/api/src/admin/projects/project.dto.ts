import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, MinLength } from 'class-validator';
import { IsIanaTimeZone } from '#apps/api/src/http/validation/is-iana-time-zone.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

export class CreateProjectBody {
  /** 1 to 50 characters, unique among the account's active projects. @example "Website" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "The public website" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** IANA name. @example "Europe/Berlin" */
  @ApiProperty({ required: false })
  @IsIanaTimeZone()
  timeZone: string = 'UTC';
}

export class UpdateProjectBody {
  /** @example "Website" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** @example "The public website" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** @example "Europe/Berlin" */
  @IsIanaTimeZone()
  @IsOptional()
  timeZone?: string;

  /** true: it can be read, and every dialect refuses writes. @example false */
  @IsBoolean()
  @IsOptional()
  archived?: boolean;
}

export class ProjectView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "Website" */
  name!: string;

  /** @example "The public website" */
  description!: string | null;

  /** @example "Europe/Berlin" */
  timeZone!: string;

  /** @example false */
  archived!: boolean;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ProjectPage {
  items!: ProjectView[];

  /** @example null */
  nextCursor!: string | null;
}
