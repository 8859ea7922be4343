import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsTimeZone, MaxLength, MinLength } from 'class-validator';

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
  @IsTimeZone()
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
  @IsTimeZone()
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
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  updatedAt!: string;
}

export class ProjectPage {
  items!: ProjectView[];

  /** @example null */
  nextCursor!: string | null;
}
