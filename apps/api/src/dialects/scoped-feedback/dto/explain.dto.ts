import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { Permission } from '#libs/scopes/permission.js';
import { SCOPE_TYPES, type ScopeType } from '#libs/scopes/scope.js';
import { EmptyAsAbsent } from '../validation/empty-as-absent.js';
import { FitsScopeType } from '../validation/fits-scope-type.js';
import { ScopeView } from './scope.dto.js';

const NODES = Object.values(Permission);
const DECIDERS = ['grant', 'role', 'default', 'operator', 'nothing'] as const;

/** Who, what and where. */
export class ExplainQuery {
  /** A user of the account. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'userId must be the id of a user' })
  userId!: string;

  /** @example "feedback:read" */
  @ApiProperty({ enum: NODES })
  @IsIn(NODES, { message: `node must be one of ${NODES.join(', ')}` })
  node!: Permission;

  /** @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  @IsIn(SCOPE_TYPES, { message: `scope must be one of ${SCOPE_TYPES.join(', ')}` })
  scope!: ScopeType;

  /** The id of the target: required for every scope but the global one, which has none. @example "survival-1" */
  @ApiProperty({ type: 'string', required: false, minLength: 1, maxLength: 128 })
  @EmptyAsAbsent()
  @FitsScopeType('scope')
  scopeId?: string;
}

/** A permission that a user was given directly. */
export class DecidingGrant {
  /** @example "feedback:read" */
  node!: string;

  /** True: it denies, whatever else allows. @example false */
  negated!: boolean;

  /** @example null */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  expiresAt!: string | null;
}

/** A role that the user has, or the default of a scope. */
export class DecidingRole {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Readers" */
  name!: string;

  scope!: ScopeView;

  /** Nodes and wildcards. @example ["feedback:read"] */
  permissions!: string[];
}

/** Whether a user may do something in a scope, and why. */
export class ExplainView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  userId!: string;

  /** @example "feedback:read" */
  node!: string;

  scope!: ScopeView;

  /** @example true */
  allowed!: boolean;

  /** What decided; nothing means that nothing allows it. @example "role" */
  @ApiProperty({ enum: DECIDERS })
  decidedBy!: string;

  /** Present when a direct grant decided. */
  grant!: DecidingGrant | null;

  /** Present when a role or a default role decided. */
  role!: DecidingRole | null;
}
