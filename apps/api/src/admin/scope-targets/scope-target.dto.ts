import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MinLength } from 'class-validator';
import { TARGET_TYPES, type TargetType } from '#libs/scopes/scope.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IsOpaqueId } from '#apps/api/src/http/validation/is-opaque-id.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { SecretView } from '../secrets/secret.dto.js';

export class CreateScopeTargetBody {
  /** @example "server" */
  @ApiProperty({ enum: TARGET_TYPES })
  @IsIn(TARGET_TYPES)
  type!: TargetType;

  /** @example "Lobby 1" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;

  /**
   * The id that scopes name it by, and a server itself; left out, it is the target's own id. @example "lobby-1"
   */
  @ApiProperty({ minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  scopeId?: string;

  /** For a server: the `id` of the target that is its network. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all')
  @IsOptional()
  networkId?: string | null;
}

export class UpdateScopeTargetBody {
  /** @example "Lobby 1" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** For a server: its network; null takes it out. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all')
  @IsOptional()
  networkId?: string | null;
}

export class ScopeTargetQuery extends PageQuery {
  /** Only targets of this type. @example "server" */
  @ApiProperty({ enum: TARGET_TYPES })
  @IsIn(TARGET_TYPES)
  @IsOptional()
  type?: TargetType;

  /** Only targets with this id in scopes. @example "lobby-1" */
  @ApiProperty({ minLength: 1, maxLength: 128 })
  @IsOpaqueId()
  @IsOptional()
  scopeId?: string;

  /** Only servers of this network. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all')
  @IsOptional()
  networkId?: string;
}

export class ScopeTargetView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "server" */
  @ApiProperty({ enum: TARGET_TYPES })
  type!: TargetType;

  /** What scopes, and `X-Server-Id`, say. @example "lobby-1" */
  scopeId!: string;

  /** @example "Lobby 1" */
  name!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  networkId!: string | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ScopeTargetPage {
  items!: ScopeTargetView[];

  /** @example null */
  nextCursor!: string | null;
}

export class ServerSecretList {
  items!: SecretView[];
}

export class IssuedServerSecretView extends SecretView {
  /** Shown this once. @example "chsrv_YOUR_SERVER_SECRET" */
  secret!: string;
}
