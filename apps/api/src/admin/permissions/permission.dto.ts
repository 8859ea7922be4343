import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Permission } from '#libs/scopes/permission.js';
import { SCOPE_TYPES, type ScopeType } from '#libs/scopes/scope.js';
import { IsOpaqueId } from '#apps/api/src/http/validation/is-opaque-id.js';

const PERMISSIONS = Object.values(Permission);
const DECIDERS = ['grant', 'role', 'default', 'operator', 'nothing'] as const;

export class ScopeQuery {
  /** Left out: global. @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES, required: false })
  @IsIn(SCOPE_TYPES)
  scope: ScopeType = 'global';

  /** Required for every scope but global, which has none. @example "lobby-1" */
  @ApiProperty({ minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  scopeId?: string;
}

export class PermissionView {
  /** @example "feedback:read" */
  @ApiProperty({ enum: PERMISSIONS })
  permission!: string;

  /** @example "List and read feedback." */
  description!: string;

  /** False: comes with being an operator of the platform, and no other way. @example true */
  grantable!: boolean;
}

export class PermissionList {
  items!: PermissionView[];
}

export class DecidingGrantView {
  /** True: this grant denies, whatever else allows. @example false */
  negated!: boolean;

  /** @example null */
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string | null;
}

export class DecidingRoleView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Lobby moderators" */
  name!: string;

  /** @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  scope!: ScopeType;

  /** null for global. @example "lobby-1" */
  scopeId!: string | null;
}

export class DecisionView {
  /** @example "feedback:read" */
  @ApiProperty({ enum: PERMISSIONS })
  permission!: string;

  /** @example true */
  allowed!: boolean;

  /**
   * What decided: a direct grant, a role that the user has, the default role of a scope, being an operator of the
   * platform, or nothing, which denies. @example "role"
   */
  @ApiProperty({ enum: DECIDERS })
  decidedBy!: (typeof DECIDERS)[number];

  /** The grant that decided. @example null */
  grant!: DecidingGrantView | null;

  /** The role that decided. */
  role!: DecidingRoleView | null;
}

export class DecisionList {
  items!: DecisionView[];
}
