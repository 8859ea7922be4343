import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn, BigIntKey, UuidKey } from '#libs/platform/database/columns.js';

/**
 * A row that a source has brought: its key is unique within the source, so that what is sent again adds nothing. It
 * outlives its feedback: what was erased does not come back.
 */
@Entity('import_row')
export class ImportRow {
  @BigIntKey('import_row_pkey')
  projectId!: number;

  @UuidKey('import_row_pkey')
  sourceId!: string;

  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'import_row_pkey' })
  key!: Buffer;

  @Column({ type: 'uuid' })
  importId!: string;

  @BigIntColumn()
  feedbackId!: number;

  /** As it was sent, without a zone. */
  @Column({ type: 'varchar', length: 19 })
  originalDate!: string;
}
