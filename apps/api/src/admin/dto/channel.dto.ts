import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MinLength } from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

export class CreateChannelBody {
  /** 1 to 50 characters, unique in the project. @example "Contact form" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "What visitors send" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;
}

export class UpdateChannelBody {
  /** @example "Contact form" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** @example "What visitors send" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;
}

export class ChannelView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example "Contact form" */
  name!: string;

  /** @example "What visitors send" */
  description!: string | null;

  /** The public API whose rules the channel follows. @example "insider-connect" */
  dialect!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ChannelPage {
  items!: ChannelView[];

  /** @example null */
  nextCursor!: string | null;
}

export class FieldView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "description" */
  key!: string;

  /** @example "Description" */
  name!: string;

  /** @example null */
  description!: string | null;

  /** @example "text" */
  format!: string;

  /** @example false */
  editable!: boolean;

  /** @example true */
  active!: boolean;

  /** True: the value says who somebody is. @example false */
  personal!: boolean;
}

export class FieldList {
  /** In their order. */
  items!: FieldView[];
}
