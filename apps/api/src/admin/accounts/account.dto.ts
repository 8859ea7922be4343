import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsObject,
  IsOptional,
  IsString,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { FirstOwnerBody } from '../users/user.dto.js';

export class CreateAccountBody {
  /** @example "Example Ltd" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  name!: string;

  /** The account's first user. */
  @ValidateNested()
  @Type(() => FirstOwnerBody)
  @IsObject()
  @IsDefined()
  owner!: FirstOwnerBody;
}

export class UpdateAccountBody {
  /** @example "Example Ltd" */
  @MaxLength(100)
  @MinLength(1)
  @IsString()
  @IsOptional()
  name?: string;

  /** false bars every user and every credential of the account; for operators only. @example true */
  @IsBoolean()
  @IsOptional()
  active?: boolean;
}

export class AccountView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "Example Ltd" */
  name!: string;

  /** @example true */
  active!: boolean;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class AccountPage {
  items!: AccountView[];

  /** @example null */
  nextCursor!: string | null;
}
