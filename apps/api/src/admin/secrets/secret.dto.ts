import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class RotateSecretBody {
  /** Seconds after which the secrets before the new one end; left out, they stay. @example 86400 */
  @Max(7_776_000)
  @Min(0)
  @IsInt()
  @IsOptional()
  overlapSeconds?: number | null;
}

export class SecretView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** The last four characters. @example "x9Qa" */
  hint!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example null */
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string | null;

  /** @example null */
  @ApiProperty({ format: 'date-time' })
  revokedAt!: string | null;

  /** To the minute. @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string | null;
}

export class IssuedSecretView extends SecretView {
  /** Shown this once. @example "chsec_YOUR_CLIENT_SECRET" */
  secret!: string;
}
