import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { GRANTABLE } from '#libs/scopes/permission-nodes.js';
import type { Permission } from '#libs/scopes/permission.js';
import { IsDateTime } from '#apps/api/src/http/validation/is-date-time.js';

export class PutGrantBody {
  /** Wildcards are for roles only. @example "feedback:read" */
  @ApiProperty({ enum: GRANTABLE })
  @IsIn(GRANTABLE)
  permission!: Permission;

  /** True denies, whatever else allows; left out, it stays as it is; null is false. @example false */
  @IsBoolean()
  @IsOptional()
  negated?: boolean | null;

  /** When it ends by itself; left out, it stays as it is; null is never. @example "2027-11-22T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  @IsDateTime()
  @IsOptional()
  expiresAt?: string | null;
}

export class GrantView {
  /** @example "feedback:read" */
  @ApiProperty({ enum: GRANTABLE })
  permission!: string;

  /** @example false */
  negated!: boolean;

  /** @example "2027-11-22T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class GrantList {
  items!: GrantView[];
}
