import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MinLength } from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { activeByDefault } from './active-by-default.js';
import { Paged } from './paging.dto.js';

const STATES = ['all', 'active', 'archived'] as const;
type StateFilter = (typeof STATES)[number];

/** Which projects. */
export class ProjectFilters {
  /** @example "active" */
  @ApiProperty({ enum: STATES, required: false })
  @IsIn(STATES)
  @activeByDefault
  state: StateFilter = 'active';
}

/** Which projects, a page at a time. */
export class ProjectQueryModel extends IntersectionType(Paged, ProjectFilters) {}

/** A new project. */
export class ProjectData {
  /** @example "Website" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "The public website" */
  @MaxLength(255)
  @IsString()
  @IsOptional()
  description?: string | null;
}

/** What changes in a project; a member that is left out stays as it is. */
export class ProjectSaveModel {
  /** @example "Website" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** null takes it away. @example "The public website" */
  @MaxLength(255)
  @IsString()
  @IsOptional()
  description?: string | null;
}

export class ProjectMetadata {
  /** @example "The public website" */
  description?: string;
}

export class Project {
  /** @example "1" */
  id!: string;

  /** @example "Website" */
  name!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** @example "active" */
  @ApiProperty({ enum: ['active', 'archived'] })
  state!: 'active' | 'archived';

  metadata!: ProjectMetadata;
}

export class ProjectList {
  /** Newest first. */
  items!: Project[];

  /** How many there are on all pages. @example 1 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class ProjectLookupEntry {
  /** @example "1" */
  id!: string;

  /** @example "Website" */
  name!: string;

  metadata!: ProjectMetadata;
}
