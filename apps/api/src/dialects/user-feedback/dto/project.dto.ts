import { ApiProperty } from '@nestjs/swagger';
import { FIELD_FORMATS, type FieldFormat } from '#libs/channels/field.entity.js';

export class TimeZoneView {
  /** ISO 3166; empty for a zone of no country. @example "KR" */
  countryCode!: string;

  /** @example "Asia/Seoul" */
  name!: string;

  /** From UTC, as it is today. @example "+09:00" */
  offset!: string;
}

export class ProjectView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "demo" */
  name!: string;

  /** @example "Everything about the shop." */
  description!: string | null;

  timezone!: TimeZoneView;

  /** @example "2019-08-24T14:15:22.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2019-08-24T14:15:22.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class FieldView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "message" */
  key!: string;

  /** @example "Message" */
  name!: string;

  /** @example "text" */
  @ApiProperty({ enum: FIELD_FORMATS })
  format!: FieldFormat;

  /** @example "ACTIVE" */
  status!: 'ACTIVE' | 'INACTIVE';
}
