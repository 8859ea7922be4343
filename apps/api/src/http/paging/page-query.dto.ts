import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DEFAULT_PAGE, MAX_PAGE } from '#libs/platform/paging/page.js';

/** Which page of a list. */
export class PageQuery {
  /** How many items at the most. @example 50 */
  @ApiProperty({ type: 'integer', required: false })
  @Max(MAX_PAGE, { message: `limit must be an integer from 1 to ${MAX_PAGE}` })
  @Min(1, { message: `limit must be an integer from 1 to ${MAX_PAGE}` })
  @IsInt({ message: `limit must be an integer from 1 to ${MAX_PAGE}` })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  limit: number = DEFAULT_PAGE;

  /** The `nextCursor` of the page before. */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  cursor?: string;
}
