import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const MAX_LIMIT = 1000;
/** Nobody turns so many pages; beyond it, arithmetic ends. */
const MAX_PAGE = 1_000_000_000;

const digits = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value,
);

/** Which page of a list, in a body. */
export abstract class PageBody {
  /** How many items a page has. @example 10 */
  @ApiProperty({ type: 'integer', default: 10 })
  @Max(MAX_LIMIT)
  @Min(1)
  @IsInt()
  @IsOptional()
  limit?: number;

  /** Which page, from 1 on. @example 1 */
  @ApiProperty({ type: 'integer', default: 1 })
  @Max(MAX_PAGE)
  @Min(1)
  @IsInt()
  @IsOptional()
  page?: number;
}

/** Which page of a list, in a query string. */
export abstract class PageParameters {
  /** How many items a page has. @example 10 */
  @ApiProperty({ type: 'integer', default: 10 })
  @Max(MAX_LIMIT)
  @Min(1)
  @IsInt()
  @digits
  @IsOptional()
  limit?: number;

  /** Which page, from 1 on. @example 1 */
  @ApiProperty({ type: 'integer', default: 1 })
  @Max(MAX_PAGE)
  @Min(1)
  @IsInt()
  @digits
  @IsOptional()
  page?: number;
}

/** Where a page is in its list. */
export class PageMeta {
  /** Items on this page. @example 10 */
  @ApiProperty({ type: 'integer' })
  itemCount!: number;

  /** Items on all pages. @example 100 */
  @ApiProperty({ type: 'integer' })
  totalItems!: number;

  /** @example 10 */
  @ApiProperty({ type: 'integer' })
  itemsPerPage!: number;

  /** @example 10 */
  @ApiProperty({ type: 'integer' })
  totalPages!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  currentPage!: number;
}
