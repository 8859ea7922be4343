import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsDefined, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { IsPlainEmail } from '#apps/api/src/http/validation/is-plain-email.js';
import { MaxCodePoints } from '#apps/api/src/http/validation/max-code-points.js';

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

/**
 * What a client sends. The members stand in the order in which their errors are reported; of one member's rules, the
 * lowest decorator is checked first. Nothing is coerced: consent must be explicit.
 */
export class CreateFeedbackBody {
  /** The address of the person who says it; at most 254 characters. @example "user@example.com" */
  @ApiProperty({ format: 'email', maxLength: 254 })
  @trimmed
  @IsPlainEmail({ message: 'Submitted By Email is not a valid email address.' })
  @IsNotEmpty({ message: 'Submitted By Email is required.' })
  submittedByEmail!: string;

  /** Whether the person may be written back to. @example true */
  @IsBoolean({ message: 'Contact Consent must be a boolean.' })
  @IsDefined({ message: 'Contact Consent is required.' })
  contactConsent!: boolean;

  /** What the person says; at most 1000 characters. @example "The new interface is much more intuitive." */
  @ApiProperty({ maxLength: 1000 })
  @MaxCodePoints(1000, { message: 'Description cannot exceed 1000 characters.' })
  @IsString({ message: 'Description must be a string.' })
  @IsOptional()
  description?: string | null;

  /** true is positive, false is negative; left out, it was not said. @example true */
  @IsBoolean({ message: 'Sentiment Rating must be a boolean.' })
  @IsOptional()
  sentimentRating?: boolean | null;
}
