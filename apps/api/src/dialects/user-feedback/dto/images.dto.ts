import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { IMAGE_EXTENSIONS, type ImageExtension } from '../images/image-extensions.js';

const EXTENSIONS = Object.keys(IMAGE_EXTENSIONS) as ImageExtension[];

export class UploadLinkParameters {
  /** File extension for the image to be uploaded. @example "png" */
  @ApiProperty({ enum: EXTENSIONS })
  @IsIn(EXTENSIONS, { message: `extension must be one of the following values: ${EXTENSIONS.join(', ')}` })
  @IsString({ message: 'extension must be a string' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  extension!: ImageExtension;
}

/** What signs a link for an upload. */
export class SignatureParameters {
  /** Until when the link is good, in seconds since 1970. @example "1893456000" */
  @IsString()
  @IsOptional()
  expires?: string;

  /** @example "dGhlIHNpZ25hdHVyZSBvZiB0aGUgbGluaw" */
  @IsString()
  @IsOptional()
  signature?: string;
}
