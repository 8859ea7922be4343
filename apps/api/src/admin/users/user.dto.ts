import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, MinLength } from 'class-validator';
import { IsPlainEmail } from '#apps/api/src/http/validation/is-plain-email.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

export class FirstOwnerBody {
  /** @example "owner@example.com" */
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsPlainEmail()
  email!: string;

  /** 12 to 200 characters. @example "correct horse battery staple" */
  @MaxLength(200)
  @MinLength(12)
  @IsString()
  password!: string;

  /** @example "Ada Lovelace" */
  @MaxLength(100)
  @IsString()
  @IsOptional()
  name?: string | null;
}

export class CreateUserBody extends FirstOwnerBody {
  /** An owner may do everything in the account, a member may look. @example "member" */
  @IsIn(['owner', 'member'])
  role!: 'owner' | 'member';
}

export class UpdateUserBody {
  /** @example "Ada Lovelace" */
  @MaxLength(100)
  @IsString()
  @IsOptional()
  name?: string | null;

  /** @example "owner" */
  @IsIn(['owner', 'member'])
  @IsOptional()
  role?: 'owner' | 'member';

  /** false ends the user's sessions and bars new ones. @example true */
  @IsBoolean()
  @IsOptional()
  active?: boolean;

  /** A new password ends every session. @example "correct horse battery staple" */
  @MaxLength(200)
  @MinLength(12)
  @IsString()
  @IsOptional()
  password?: string;
}

export class UserView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  /** @example "owner@example.com" */
  @ApiProperty({ format: 'email' })
  email!: string;

  /** @example "Ada Lovelace" */
  name!: string | null;

  /** @example "owner" */
  role!: 'owner' | 'member';

  /** True: may make accounts. @example false */
  operator!: boolean;

  /** @example true */
  active!: boolean;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class UserPage {
  items!: UserView[];

  /** @example null */
  nextCursor!: string | null;
}
