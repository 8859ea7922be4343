import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/**
 * A row of an import as versions before blocks staged it; the worker makes blocks of what it finds here. Goes away when
 * no such version can run any more.
 */
@Entity('import_staged')
export class StagedRow {
  @BigIntKey('import_staged_pkey')
  projectId!: number;

  @UuidKey('import_staged_pkey')
  importId!: string;

  /** Its place among the rows that were sent, from 0. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'import_staged_pkey' })
  number!: number;

  /** SHA-256; what makes the row itself and not another one. */
  @Column({ type: 'bytea' })
  key!: Buffer;

  @Column({ type: 'varchar', length: 19 })
  originalDate!: string;

  @TimeColumn()
  saidAt!: Date;

  @Column({ type: 'varchar', length: 255, nullable: true })
  name!: string | null;

  @Column({ type: 'text' })
  content!: string;
}
