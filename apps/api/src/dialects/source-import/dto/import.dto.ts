import { ApiProperty } from '@nestjs/swagger';
import { IMPORT_STATES, type ImportState } from '#libs/import/import.entity.js';

export class ImportRowBody {
  /** When it was said, in the time zone of the source: `YYYY-MM-DD HH:mm:ss`. @example "2024-03-08 00:29:00" */
  @ApiProperty({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' })
  date!: string;

  /** Who said it; may be empty. @example "User 1" */
  @ApiProperty({ maxLength: 255 })
  name!: string;

  /** What was said. @example "Feedback 1" */
  @ApiProperty({ minLength: 1, maxLength: 30_000 })
  content!: string;

  /** Your own id of the row (extension): it alone tells rows apart. null: none. @example "ticket-4711" */
  @ApiProperty({ type: 'string', nullable: true, required: false, minLength: 1, maxLength: 255 })
  external_id?: string | null;

  /**
   * Which one of rows that say the same this is, from 1 (extension): for those who send a file in pieces. Left out
   * or null, identical rows are counted within the request. @example 1
   */
  @ApiProperty({ type: 'integer', nullable: true, required: false, minimum: 1, maximum: 1_000_000_000 })
  occurrence?: number | null;
}

export class ImportBody {
  /** Shown in the configuration of the source. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ maxLength: 255 })
  source_id!: string;

  /** At most 100,000 rows, unless the operator says otherwise. */
  @ApiProperty({ type: [ImportRowBody], minItems: 1 })
  payload!: ImportRowBody[];
}

export class ImportStarted {
  /** @example "REST import started successfully" */
  message!: string;
}

export class ImportView {
  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f11" */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  sourceId!: string;

  /** @example "completed" */
  @ApiProperty({ enum: IMPORT_STATES })
  state!: ImportState;

  /** Rows that came. @example 2 */
  @ApiProperty({ type: 'integer' })
  received!: number;

  /** Rows that are feedback now. @example 2 */
  @ApiProperty({ type: 'integer' })
  imported!: number;

  /** Rows that the source had brought before. @example 0 */
  @ApiProperty({ type: 'integer' })
  duplicates!: number;

  /** Rows that were left out; `/errors` lists them. @example 0 */
  @ApiProperty({ type: 'integer' })
  rejected!: number;

  /** E-mail addresses, phone numbers, IBANs and card numbers that were replaced. @example 0 */
  @ApiProperty({ type: 'integer' })
  masked!: number;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2026-11-22T10:00:00.120Z" */
  @ApiProperty({ format: 'date-time' })
  startedAt!: string | null;

  /** @example "2026-11-22T10:00:00.340Z" */
  @ApiProperty({ format: 'date-time' })
  finishedAt!: string | null;

  /** Why it failed. @example null */
  error!: string | null;
}

export class ImportErrorView {
  /** The row's place in the payload, from 0. @example 1 */
  @ApiProperty({ type: 'integer' })
  row!: number;

  /** The member that is wrong; null for the whole row. @example "date" */
  field!: string | null;

  /** @example "payload[1].date must be a date and time of the calendar." */
  message!: string;
}

export class FieldError {
  /** @example "payload[1].date" */
  field!: string;

  /** @example "payload[1].date must have the form YYYY-MM-DD HH:mm:ss." */
  message!: string;
}

export class ImportFailure {
  /** @example "payload[1].date must have the form YYYY-MM-DD HH:mm:ss." */
  message!: string;

  /** What is wrong, at most 100 of it. */
  errors?: FieldError[];
}
