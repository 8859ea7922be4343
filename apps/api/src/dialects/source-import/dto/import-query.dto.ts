import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

const MODES = ['atomic', 'partial'] as const;

export class ImportQuery {
  /** The source, for `application/x-ndjson` (extension). In JSON it is a member of the body. */
  @MaxLength(255)
  @IsString()
  @IsOptional()
  source_id?: string;

  /** `partial` leaves bad rows out and lists them (extension); without it one bad row refuses all. */
  @ApiProperty({ enum: MODES, required: false })
  @IsIn(MODES)
  @IsOptional()
  mode?: (typeof MODES)[number];
}
