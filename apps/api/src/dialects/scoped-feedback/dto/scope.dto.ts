import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { SCOPE_TYPES, type ScopeType } from '#libs/scopes/scope.js';
import { FitsScopeType } from '../validation/fits-scope-type.js';

/** What feedback is about. */
export class ScopeBody {
  /** @example "network" */
  @ApiProperty({ enum: SCOPE_TYPES })
  @IsIn(SCOPE_TYPES, { message: `scope.type must be one of ${SCOPE_TYPES.join(', ')}` })
  type!: ScopeType;

  /** The id of the target; null or left out for global, and for nothing else. @example "survival-network" */
  @ApiProperty({ type: 'string', nullable: true, required: false, minLength: 1, maxLength: 128 })
  @FitsScopeType('type')
  id?: string | null;
}

/** What feedback is about. */
export class ScopeView {
  /** @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  type!: ScopeType;

  /** Null for global. @example "survival-1" */
  id!: string | null;
}
