import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { FEEDBACK_STATUSES, type FeedbackStatus } from '#libs/feedback/workflow/feedback-status.js';
import { SCOPE_TYPES, type ScopeType } from '#libs/scopes/scope.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { QueryInteger } from '#apps/api/src/http/validation/query-integer.js';
import { EmptyAsAbsent } from '../validation/empty-as-absent.js';
import { FitsScopeType } from '../validation/fits-scope-type.js';

const LIMIT = 'limit must be an integer from 1 to 500';

/** Which feedback. */
export class ListFeedbackQuery {
  /** @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  @IsIn(SCOPE_TYPES, { message: `scope must be one of ${SCOPE_TYPES.join(', ')}` })
  scope!: ScopeType;

  /** The id of the target: required for every scope but the global one, which has none. @example "survival-1" */
  @ApiProperty({ type: 'string', required: false, minLength: 1, maxLength: 128 })
  @EmptyAsAbsent()
  @FitsScopeType('scope')
  scopeId?: string;

  /** Left out, every status. @example "OPEN" */
  @ApiProperty({ enum: FEEDBACK_STATUSES, required: false })
  @IsIn(FEEDBACK_STATUSES, { message: `status must be one of ${FEEDBACK_STATUSES.join(', ')}` })
  @IsOptional()
  status?: FeedbackStatus;

  /** How many items at the most, 1 to 500. @example 250 */
  @ApiProperty({ type: 'integer', required: false, minimum: 1, maximum: 500, default: 100 })
  @Max(500, { message: LIMIT })
  @Min(1, { message: LIMIT })
  @IsInt({ message: LIMIT })
  @QueryInteger()
  limit: number = 100;

  /** The `nextCursor` of the page before. */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  cursor?: string;
}
