import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import {
  IsBoolean,
  IsDefined,
  IsEmpty,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MinLength,
} from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { activeByDefault } from './active-by-default.js';
import { Paged } from './paging.dto.js';

const STATE_FILTERS = ['all', 'active', 'revoked'] as const;

export type Value = string | number | Record<string, unknown>;

/** By the set's schema: a word, a number or an object. */
const VALUE = {
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'object' }],
  example: '+',
  description:
    'By the schema of the set: "+" (pulse), "y" or "n", an item, a number, a text, {tag, message}.',
};

const ONE_TARGET = {
  message: 'The content must be named by contentId, or by contentSetId and key, not both.',
};

/** Which feelbacks, a page at a time. */
export class FeelbackQuery extends Paged {
  /** @example "active" */
  @ApiProperty({ enum: STATE_FILTERS, required: false })
  @IsIn(STATE_FILTERS)
  @activeByDefault
  state: (typeof STATE_FILTERS)[number] = 'active';

  /** @example "1" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  projectId?: string;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  contentSetId?: string;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @MaxLength(200)
  @IsString()
  @IsOptional()
  contentId?: string;
}

/** What every new feelback has. */
abstract class NewFeelback {
  @ApiProperty(VALUE)
  @IsDefined()
  value!: Value;

  /** Whatever the page knows; `$user` names the person. @example { "$user": "user@example.com" } */
  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  @IsOptional()
  context?: Record<string, unknown>;

  /** The name that older widgets have for `context`. */
  @ApiProperty({ type: 'object', additionalProperties: true, deprecated: true, example: {} })
  @IsObject()
  @IsOptional()
  metadata?: Record<string, unknown>;

  /** false: the answer holds no token. @example true */
  @IsBoolean()
  @IsOptional()
  revokable?: boolean;
}

/** A feelback on a content that is named by its key, and made when it is not there. */
export class NewFeelbackByKey extends NewFeelback {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @MaxLength(200)
  @IsString()
  contentSetId!: string;

  /** @example "https://blog.example.com/hello" */
  @MaxLength(1024)
  @MinLength(1)
  @IsString()
  key!: string;
}

/** A feelback on a content that is named by its id. */
export class NewFeelbackById extends NewFeelback {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @MaxLength(200)
  @IsString()
  contentId!: string;

  @ApiHideProperty()
  @IsEmpty(ONE_TARGET)
  contentSetId?: string;

  @ApiHideProperty()
  @IsEmpty(ONE_TARGET)
  key?: string;
}

/** Names a content by its id. */
export class ContentId {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @MaxLength(200)
  @IsString()
  contentId!: string;
}

/** A feelback that whoever holds its token takes away. */
export class RevokedFeelback {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f12" */
  @MaxLength(200)
  @IsString()
  feelbackId!: string;

  /** As the last answer had it. @example "Jq4b2pVUIH0a9o6sN5qKpQ" */
  @MaxLength(200)
  @IsString()
  revokeToken!: string;
}

/** Another value for a feelback, from whoever holds its token. */
export class EditedFeelback extends RevokedFeelback {
  @ApiProperty(VALUE)
  @IsDefined()
  value!: Value;
}

export class Revokable {
  /** Opens this feelback's edit and removal. @example "Jq4b2pVUIH0a9o6sN5qKpQ" */
  token!: string;

  /** @example "2026-11-23T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  expireAt!: string;
}

export class FeelbackReceipt {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f12" */
  @ApiProperty({ format: 'uuid' })
  feelbackId!: string;

  /** Left out when the feelback cannot be taken back. */
  revokable?: Revokable;
}

/** What the request told of who made it. */
export class ProfilingData {
  /** `$user` of the context. @example "user@example.com" */
  userId?: string;

  /** @example "macOS" */
  os?: string;

  /** @example "14.4" */
  osVersion?: string;

  /** @example "desktop" */
  formFactor?: string;

  /** @example "Pixel 9" */
  device?: string;

  /** @example "Google" */
  deviceBrand?: string;

  /** @example "Chrome" */
  browser?: string;

  /** @example "142.0" */
  browserVersion?: string;

  /** @example "en-GB" */
  language?: string;

  /** Only where the operator keeps addresses; not in the published API. @example "192.0.2.7" */
  address?: string;
}

export class Feelback {
  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f12" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  contentSetId!: string;

  /** @example "0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  contentItemId!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "active" */
  @ApiProperty({ enum: ['active', 'revoked'] })
  state!: 'active' | 'revoked';

  @ApiProperty(VALUE)
  value!: Value;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { section: 'comments' } })
  context?: Record<string, unknown>;

  profiling?: ProfilingData;
}

export class FeelbackList {
  /** Newest first. */
  items!: Feelback[];

  /** How many there are on all pages. @example 1 */
  @ApiProperty({ type: 'integer' })
  count!: number;
}
