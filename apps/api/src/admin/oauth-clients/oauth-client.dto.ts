import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  MinLength,
} from 'class-validator';
import { CLIENT_PERMISSIONS, type ClientPermission } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { SecretView } from '../secrets/secret.dto.js';

export class CreateOAuthClientBody {
  /** @example "Mobile backend" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  name!: string;

  /** The project that gets a channel for this client. @example 1 */
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** What its tokens may carry. @example ["feedback:read", "feedback:write"] */
  @ApiProperty({ required: false, type: 'array', items: { type: 'string', enum: [...CLIENT_PERMISSIONS] } })
  @ArrayUnique()
  @IsIn(CLIENT_PERMISSIONS, { each: true })
  @ArrayNotEmpty()
  @IsArray()
  permissions: ClientPermission[] = [...CLIENT_PERMISSIONS];
}

export class UpdateOAuthClientBody {
  /** @example "Mobile backend" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** @example ["feedback:write"] */
  @ArrayUnique()
  @IsIn(CLIENT_PERMISSIONS, { each: true })
  @ArrayNotEmpty()
  @IsArray()
  @IsOptional()
  permissions?: ClientPermission[];

  /** false bars the client, and its tokens within two seconds. @example true */
  @IsBoolean()
  @IsOptional()
  active?: boolean;
}

export class OAuthClientView {
  /** The `client_id`. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Mobile backend" */
  name!: string;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  channelId!: number;

  /** @example ["feedback:read", "feedback:write"] */
  permissions!: string[];

  /** @example true */
  active!: boolean;

  secrets!: SecretView[];

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CreatedOAuthClientView extends OAuthClientView {
  /** The `client_secret`, shown this once. @example "chsec_YOUR_CLIENT_SECRET" */
  secret!: string;
}

export class OAuthClientPage {
  items!: OAuthClientView[];

  /** @example null */
  nextCursor!: string | null;
}
