import { ApiProperty } from '@nestjs/swagger';
import { IsString, MinLength } from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

export class CategoryBody {
  /** 1 to 255 characters, unique in the project. @example "Billing" */
  @MaxLength(255)
  @MinLength(1)
  @IsString()
  name!: string;
}

export class CategoryView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example "Billing" */
  name!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CategoryPage {
  items!: CategoryView[];

  /** @example null */
  nextCursor!: string | null;
}
