import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { QueryInteger } from './query-integer.js';

/** A query parameter that names something by its number. */
export function QueryId(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    Max(Number.MAX_SAFE_INTEGER),
    Min(1),
    IsInt(),
    QueryInteger(),
  );
}
