import { Column, Entity, ForeignKey, Unique } from 'typeorm';
import { BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';

/** A stream of feedback with a field schema of its own. */
@Entity('channel')
@Unique('channel_name_key', ['projectId', 'name'])
@ForeignKey(() => Project, ['projectId'], ['id'], {
  name: 'channel_project_fkey',
  onDelete: 'CASCADE',
})
export class Channel {
  @BigIntKey('channel_pkey')
  projectId!: number;

  @BigIntKey('channel_pkey')
  id!: number;

  @Column({ type: 'varchar', length: 50 })
  name!: string;

  @Column({ type: 'varchar', length: 500, nullable: true })
  description!: string | null;

  /** The public API that owns the channel and whose rules its rows follow. */
  @Column({ type: 'varchar', length: 30 })
  dialect!: string;

  /** The most days that a range of a search may span; negative: any number. */
  @Column({ type: 'integer', default: 365 })
  searchMaxDays!: number;

  /** Host names that links to images may name, in lower case; empty: any. */
  @Column({ type: 'varchar', length: 253, array: true, default: () => `'{}'` })
  imageHosts!: string[];

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
