import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BigIntKey, UuidKey } from '#libs/platform/database/columns.js';
import { Import } from './import.entity.js';

/** What was wrong with a row that was left out. Never holds what the row said. */
@Entity('import_error')
@ForeignKey(() => Import, ['projectId', 'importId'], ['projectId', 'id'], {
  name: 'import_error_import_fkey',
  onDelete: 'CASCADE',
})
export class ImportError {
  @BigIntKey('import_error_pkey')
  projectId!: number;

  @UuidKey('import_error_pkey')
  importId!: string;

  /** The row's place among those that were sent, from 0. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'import_error_pkey' })
  number!: number;

  /** The member that is wrong; empty for the whole row. */
  @PrimaryColumn({ type: 'varchar', length: 20, primaryKeyConstraintName: 'import_error_pkey' })
  field!: string;

  @Column({ type: 'varchar', length: 500 })
  message!: string;
}
