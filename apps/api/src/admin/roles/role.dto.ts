import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MinLength,
} from 'class-validator';
import { ROLE_NODES } from '#libs/scopes/permission-nodes.js';
import { SCOPE_TYPES, type ScopeType } from '#libs/scopes/scope.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IsOpaqueId } from '#apps/api/src/http/validation/is-opaque-id.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

const MAX_NODES = 50;

export class CreateRoleBody {
  /** @example "Lobby moderators" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "Read and answer what players of the lobby say." */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** Where the role counts; a global one counts everywhere. @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  @IsIn(SCOPE_TYPES)
  scope!: ScopeType;

  /** Required for every scope but global, which has none. @example "lobby-1" */
  @ApiProperty({ minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  scopeId?: string | null;

  /** Permissions; `feedback:*` stands for all of its group, `*` for all. @example ["feedback:read", "feedback:edit"] */
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLE_NODES] } })
  @ArrayMaxSize(MAX_NODES)
  @ArrayUnique()
  @IsIn(ROLE_NODES, { each: true })
  @IsArray()
  permissions!: string[];

  /** True: every user of the account has it; the scope's default until now is none any more. @example false */
  @IsBoolean()
  @IsOptional()
  isDefault?: boolean;
}

export class UpdateRoleBody {
  /** @example "Lobby moderators" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** @example "Read and answer what players of the lobby say." */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** @example ["feedback:*"] */
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLE_NODES] } })
  @ArrayMaxSize(MAX_NODES)
  @ArrayUnique()
  @IsIn(ROLE_NODES, { each: true })
  @IsArray()
  @IsOptional()
  permissions?: string[];

  /** True: takes the place of the scope's default role. @example true */
  @IsBoolean()
  @IsOptional()
  isDefault?: boolean;
}

export class RoleQuery extends PageQuery {
  /** Only roles of this scope. @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  @IsIn(SCOPE_TYPES)
  @IsOptional()
  scope?: ScopeType;

  /** Goes with `scope`. @example "lobby-1" */
  @ApiProperty({ minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  scopeId?: string;
}

export class RoleView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Lobby moderators" */
  name!: string;

  /** @example null */
  description!: string | null;

  /** @example "server" */
  @ApiProperty({ enum: SCOPE_TYPES })
  scope!: ScopeType;

  /** null for global. @example "lobby-1" */
  scopeId!: string | null;

  /** @example ["feedback:read", "feedback:edit"] */
  permissions!: string[];

  /** True: every user of the account has it. @example false */
  isDefault!: boolean;

  /** True: comes with being an owner or a member, and cannot be changed. @example false */
  builtIn!: boolean;

  /** null: the house itself. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  creatorId!: string | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class RolePage {
  items!: RoleView[];

  /** @example null */
  nextCursor!: string | null;
}

export class RoleHolderView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  userId!: string;

  /** Since when. @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  assignedAt!: string;
}

export class RoleHolderPage {
  items!: RoleHolderView[];

  /** @example null */
  nextCursor!: string | null;
}
