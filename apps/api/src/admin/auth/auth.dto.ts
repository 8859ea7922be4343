import { ApiProperty } from '@nestjs/swagger';
import { IsString, MinLength } from 'class-validator';
import { IsPlainEmail } from '#apps/api/src/http/validation/is-plain-email.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

export class SignInBody {
  /** @example "admin@example.com" */
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsPlainEmail()
  email!: string;

  /** @example "correct horse battery staple" */
  @MaxLength(200)
  @MinLength(1)
  @IsString()
  password!: string;
}

export class ChangePasswordBody {
  /** @example "correct horse battery staple" */
  @MaxLength(200)
  @MinLength(1)
  @IsString()
  currentPassword!: string;

  /** 12 to 200 characters. @example "a better horse battery staple" */
  @MaxLength(200)
  @MinLength(12)
  @IsString()
  newPassword!: string;
}

export class SignInView {
  /** A signed JWT: the bearer token of the management API. @example "eyJhbGciOiJSUzI1NiIsInR5cCI6InVzZXIrand0In0..." */
  accessToken!: string;

  /** @example "Bearer" */
  tokenType!: 'Bearer';

  /** Seconds. @example 28800 */
  @ApiProperty({ type: 'integer' })
  expiresIn!: number;
}
