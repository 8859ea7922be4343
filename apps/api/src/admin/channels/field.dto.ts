import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { FIELD_FORMATS } from '#libs/channels/field.entity.js';
import { MAX_FIELDS, MAX_OPTIONS } from '#libs/channels/new-field.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { REQUESTED_FORMATS, type RequestedFormat } from './field-format.js';
import { CreateOptionBody, OptionView } from './option.dto.js';

export class CreateFieldBody {
  /** Letters, digits and underscores; unique in the channel, and never changed. @example "message" */
  @MaxLength(50)
  @Matches(/^[A-Za-z0-9_]+$/, { message: 'key must be letters, digits and underscores' })
  @IsString()
  key!: string;

  /** Unique in the channel. @example "Message" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "What the visitor wrote" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** Never changed. An aiField is kept as text. @example "text" */
  @ApiProperty({ enum: REQUESTED_FORMATS })
  @IsIn(REQUESTED_FORMATS)
  format!: RequestedFormat;

  /** False: clients may set it once and never change it. True when left out. @example true */
  @IsBoolean()
  @IsOptional()
  editable?: boolean;

  /** False: clients cannot change it, and forms leave it out. True when left out. @example true */
  @IsBoolean()
  @IsOptional()
  active?: boolean;

  /** True: the value says who somebody is. False when left out. @example false */
  @IsBoolean()
  @IsOptional()
  personal?: boolean;

  /** For select and multiSelect. */
  @ApiProperty({ type: [CreateOptionBody] })
  @ArrayMaxSize(MAX_OPTIONS)
  @ValidateNested({ each: true })
  @Type(() => CreateOptionBody)
  @IsArray()
  @IsOptional()
  options?: CreateOptionBody[];
}

export class UpdateFieldBody {
  /** @example "Message" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** @example "What the visitor wrote" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** False: clients may set it once and never change it. @example false */
  @IsBoolean()
  @IsOptional()
  editable?: boolean;

  /** False: clients cannot change it, and forms leave it out. @example false */
  @IsBoolean()
  @IsOptional()
  active?: boolean;

  /** True: the value says who somebody is. @example true */
  @IsBoolean()
  @IsOptional()
  personal?: boolean;
}

export class OrderFieldsBody {
  /** Every field of the channel, once. @example ["0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10"] */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  @ArrayUnique()
  @ArrayMaxSize(MAX_FIELDS)
  @IsUUID('all', { each: true })
  @IsArray()
  fieldIds!: string[];
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
  @ApiProperty({ enum: FIELD_FORMATS })
  format!: string;

  /** @example false */
  editable!: boolean;

  /** @example true */
  active!: boolean;

  /** True: the value says who somebody is. @example false */
  personal!: boolean;

  /** True: the field shows what the API that owns the channel keeps; whether it is editable is up to that API. @example false */
  system!: boolean;

  /** Those that can be chosen, in their order. */
  options!: OptionView[];
}

export class FieldList {
  /** In their order. */
  items!: FieldView[];
}
