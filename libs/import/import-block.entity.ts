import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntKey, UuidKey } from '#libs/platform/database/columns.js';

/**
 * Rows of an import that wait to become feedback, already checked and masked: many as one value, because PostgreSQL
 * takes as long for a row of ten bytes as for some thousand bytes of one. No foreign key to the import: the chunk that
 * moves the last row of a block deletes the block.
 */
@Entity('import_block')
export class ImportBlock {
  @BigIntKey('import_block_pkey')
  projectId!: number;

  @UuidKey('import_block_pkey')
  importId!: string;

  /** The place of its first row among those that were sent, from 0. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'import_block_pkey' })
  number!: number;

  /** Places that it holds, those of rows that were left out, too. */
  @Column({ type: 'integer' })
  count!: number;

  /** Places, from its first, whose rows are moved. */
  @Column({ type: 'integer' })
  done!: number;

  /**
   * JSON: `keys` (SHA-256 in hexadecimal, what makes a row itself and not another one), `dates` (as sent, with the
   * offset from UTC behind), `names` and `contents`, each an array with an item per place. A row that was left out is
   * null in all of them; a name may be null alone.
   */
  @Column({ type: 'text' })
  rows!: string;
}
