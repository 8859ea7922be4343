import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MinLength } from 'class-validator';
import { CATEGORY_NAME_MAX } from '#libs/categories/categories.service.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { PageMeta, PageParameters } from './paging.dto.js';

export class CategoryBody {
  /** Category name, unique in the project. @example "category1" */
  @ApiProperty({ minLength: 1, maxLength: CATEGORY_NAME_MAX })
  @MaxLength(CATEGORY_NAME_MAX)
  @MinLength(1)
  @IsString()
  name!: string;
}

export class CategoryParameters extends PageParameters {
  /** What the names contain, in any case. @example "category1" */
  @IsString()
  @IsOptional()
  categoryName?: string;

  /** The order of the names. @example "ASC" */
  @ApiProperty({ type: 'string', enum: ['ASC', 'DESC'] })
  @IsOptional()
  'sort[name]'?: unknown;

  /** `sort` is an object: what is written as one word names nothing to sort by. */
  @ApiHideProperty()
  @IsOptional()
  sort?: unknown;
}

export class CategoryView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "category1" */
  name!: string;

  /** @example "2019-08-24T14:15:22.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2019-08-24T14:15:22.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CategoryPage {
  meta!: PageMeta;
  items!: CategoryView[];
}
