import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, IsUUID, MinLength } from 'class-validator';
import { MAX_OPTIONS } from '#libs/channels/new-field.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

export class CreateOptionBody {
  /** What feedback holds; unique in the field, and never changed. @example "ios" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  key!: string;

  /** Unique in the field. @example "iOS" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;
}

export class UpdateOptionBody {
  /** Unique in the field. @example "iPhone and iPad" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;
}

export class OrderOptionsBody {
  /** Every option of the field, once. @example ["0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11"] */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  @ArrayUnique()
  @ArrayMaxSize(MAX_OPTIONS)
  @IsUUID('all', { each: true })
  @IsArray()
  optionIds!: string[];
}

export class OptionView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "ios" */
  key!: string;

  /** @example "iOS" */
  name!: string;
}

export class OptionList {
  /** In their order. */
  items!: OptionView[];
}
