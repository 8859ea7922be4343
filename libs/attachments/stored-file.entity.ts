import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';

/** A file in the file storage, under its id. The row is older than the file: nothing is stored that no row knows. */
@Entity('stored_file')
@Index('stored_file_sweep_idx', ['createdAt'], { where: 'not kept' })
@ForeignKey(() => Project, ['projectId'], ['id'], { name: 'stored_file_project_fkey' })
export class StoredFile {
  @BigIntKey('stored_file_pkey')
  projectId!: number;

  @UuidKey('stored_file_pkey')
  id!: string;

  /** Bytes. */
  @Column({ type: 'integer' })
  size!: number;

  @Column({ type: 'varchar', length: 100 })
  mediaType!: string;

  /** SHA-256 of the content. */
  @Column({ type: 'bytea' })
  digest!: Buffer;

  /** Pixels, of images. */
  @Column({ type: 'integer', nullable: true })
  width!: number | null;

  @Column({ type: 'integer', nullable: true })
  height!: number | null;

  /** What a malware scanner said; `not_scanned` without one. */
  @Column({ type: 'varchar', length: 20 })
  scan!: string;

  /** False while nothing refers to the file: the sweep takes it after a day. */
  @Column({ type: 'boolean' })
  kept!: boolean;

  @TimeColumn()
  createdAt!: Date;
}
