import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';

/** What URL calls a hostname: a name, an address, or an IPv6 address in brackets; no port. */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])$/;
const HOST_MESSAGE = 'each value in imageHosts must be a host name without a port';
const MAX_DAYS = 100_000;

export class CreateChannelBody {
  /** 1 to 50 characters, unique in the project. @example "Contact form" */
  @MaxLength(50)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "What visitors send" */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** The most days that a range of a search may span; -1: any number. 365 when left out. @example 365 */
  @ApiProperty({ type: 'integer' })
  @Max(MAX_DAYS)
  @Min(-1)
  @IsInt()
  @IsOptional()
  searchMaxDays?: number;

  /** Hosts that links to images may name, exactly; empty: any. @example ["images.example.com"] */
  @ArrayUnique()
  @ArrayMaxSize(100)
  @Matches(HOST, { each: true, message: HOST_MESSAGE })
  @IsArray()
  @IsOptional()
  imageHosts?: string[];
}

/** What is left out stays. */
export class UpdateChannelBody extends PartialType(CreateChannelBody) {
  /** The most days that a range of a search may span; -1: any number. @example 90 */
  @ApiProperty({ type: 'integer' })
  @Max(MAX_DAYS)
  @Min(-1)
  @IsInt()
  @IsOptional()
  override searchMaxDays?: number;
}

export class ChannelView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example "Contact form" */
  name!: string;

  /** @example "What visitors send" */
  description!: string | null;

  /** The public API whose rules the channel follows. @example "insider-connect" */
  dialect!: string;

  /** The most days that a range of a search may span; -1: any number. @example 365 */
  @ApiProperty({ type: 'integer' })
  searchMaxDays!: number;

  /** Hosts that links to images may name; empty: any. @example ["images.example.com"] */
  imageHosts!: string[];

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ChannelPage {
  items!: ChannelView[];

  /** @example null */
  nextCursor!: string | null;
}
