import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  MinLength,
} from 'class-validator';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IsDateTime } from '#apps/api/src/http/validation/is-date-time.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import {
  API_KEY_DIALECTS,
  API_KEY_LEVELS,
  type ApiKeyDialect,
} from '#apps/api/src/provisioning/api-key-kinds.js';
import { SecretView } from '../secrets/secret.dto.js';

export class CreateApiKeyBody {
  /** The public API that the key opens. @example "user-feedback" */
  @ApiProperty({ enum: API_KEY_DIALECTS })
  @IsIn(API_KEY_DIALECTS)
  dialect!: ApiKeyDialect;

  /** @example "Android app" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;

  /** Required for user-feedback, whose keys are of one project; no other key has one. @example 1 */
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  @IsOptional()
  @ApiProperty({ type: 'integer' })
  projectId?: number;

  /** For feelback: `viewer` reads, `owner` also changes. Other keys have the level `full`. @example "full" */
  @ApiProperty({ enum: API_KEY_LEVELS })
  @IsIn(API_KEY_LEVELS)
  @IsOptional()
  level?: string;

  /**
   * For source-import: the sources that the key is limited to; left out, every source of the account.
   * @example ["0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10"]
   */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  @ArrayNotEmpty()
  @IsArray()
  @IsOptional()
  sourceIds?: string[];

  /** When the key ends by itself; left out, never. @example "2027-11-22T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  @IsDateTime()
  @IsOptional()
  expiresAt?: string;
}

export class UpdateApiKeyBody {
  /** @example "Android app" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** null: never. @example "2027-11-22T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  @IsDateTime()
  @IsOptional()
  expiresAt?: string | null;
}

export class ApiKeyQuery extends PageQuery {
  /** Only keys of this public API. */
  @ApiProperty({ enum: API_KEY_DIALECTS })
  @IsIn(API_KEY_DIALECTS)
  @IsOptional()
  dialect?: ApiKeyDialect;
}

export class ApiKeyView extends SecretView {
  /** @example "user-feedback" */
  dialect!: string;

  /** @example "Android app" */
  name!: string;

  /** null: every project of the account. @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number | null;

  /** @example "full" */
  level!: string;

  /** null: every source of the account. @example null */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  sourceIds!: string[] | null;
}

export class CreatedApiKeyView extends ApiKeyView {
  /** The key, shown this once. @example "0123456789ABCDEF0123" */
  key!: string;
}

export class ApiKeyPage {
  items!: ApiKeyView[];

  /** @example null */
  nextCursor!: string | null;
}
