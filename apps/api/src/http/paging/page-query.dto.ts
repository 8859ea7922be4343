import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DEFAULT_PAGE, MAX_PAGE } from '#libs/platform/paging/page.js';
import { QueryInteger } from '../validation/query-integer.js';

/** Which page of a list. */
export class PageQuery {
  /** How many items at the most. @example 50 */
  @ApiProperty({ type: 'integer', required: false })
  @Max(MAX_PAGE, { message: `limit must be an integer from 1 to ${MAX_PAGE}` })
  @Min(1, { message: `limit must be an integer from 1 to ${MAX_PAGE}` })
  @IsInt({ message: `limit must be an integer from 1 to ${MAX_PAGE}` })
  @QueryInteger()
  limit: number = DEFAULT_PAGE;

  /** The `nextCursor` of the page before. */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  cursor?: string;
}
