import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

const LARGEST_PAGE = 100;
const DEFAULT_SIZE = 10;
const LAST_PAGE = 10_000_000;

/** How many items at the most. More than a page holds is as good as a full page. */
export class Sized {
  /** How many items at the most; more than 100 are 100. @example 10 */
  @ApiProperty({ type: 'integer', minimum: 1, required: false })
  @Min(1)
  @IsInt()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'number' ? Math.min(value, LARGEST_PAGE) : (value ?? DEFAULT_SIZE),
  )
  $size: number = DEFAULT_SIZE;
}

/** Which page of a list. */
export class Paged extends Sized {
  /** Counts from 1. @example 1 */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: LAST_PAGE, required: false })
  @Max(LAST_PAGE)
  @Min(0)
  @IsInt()
  @Transform(({ value }: { value: unknown }) => value ?? 1)
  $page: number = 1;
}
