import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { IMAGE_EXTENSIONS } from '../images/image-extensions.js';

export class UploadLinkParameters {
  /** File extension for the image to be uploaded. @example "png" */
  @ApiProperty({ enum: Object.keys(IMAGE_EXTENSIONS) })
  @IsString()
  @IsOptional()
  extension?: string;
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
