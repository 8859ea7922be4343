import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Source } from './source.entity.js';

export const IMPORT_STATES = ['queued', 'running', 'completed', 'completed_with_errors', 'failed'] as const;

export type ImportState = (typeof IMPORT_STATES)[number];

/** One push of rows into a source. The counters only ever grow. */
@Entity('import')
@Index('import_list_idx', ['projectId', 'sourceId', 'id'])
@Index('import_unfinished_idx', ['createdAt'], { where: `state in ('queued', 'running')` })
@Check('import_state_check', `state in ('queued', 'running', 'completed', 'completed_with_errors', 'failed')`)
@Check(
  'import_completed_check',
  `state not in ('completed', 'completed_with_errors') or imported + duplicates + rejected = received`,
)
@ForeignKey(() => Source, ['sourceId'], ['id'], { name: 'import_source_fkey', onDelete: 'RESTRICT' })
export class Import {
  @BigIntKey('import_pkey')
  projectId!: number;

  @UuidKey('import_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  sourceId!: string;

  /** The key that pushed. */
  @Column({ type: 'uuid' })
  credentialId!: string;

  @Column({ type: 'varchar', length: 30 })
  state!: ImportState;

  /** Rows that came, good or not. */
  @Column({ type: 'integer' })
  received!: number;

  /** Rows that are feedback now. */
  @Column({ type: 'integer' })
  imported!: number;

  /** Rows that the source had brought before. */
  @Column({ type: 'integer' })
  duplicates!: number;

  @Column({ type: 'integer' })
  rejected!: number;

  /** E-mail addresses, phone numbers, IBANs and card numbers that were replaced. */
  @Column({ type: 'integer' })
  masked!: number;

  /** The number of the first row that was not moved yet; blocks know better which of their rows were. */
  @Column({ type: 'integer' })
  nextRow!: number;

  /** Tries that failed since the last row that moved. */
  @Column({ type: 'integer' })
  failures!: number;

  /** Why it failed, for the one who pushed. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  error!: string | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn({ nullable: true })
  startedAt!: Date | null;

  @TimeColumn({ nullable: true })
  finishedAt!: Date | null;
}
