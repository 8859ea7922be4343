import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';

@Entity('project')
@Index('project_name_key', ['accountId', 'name'], { unique: true, where: 'archived_at is null' })
@Index('project_list_idx', ['accountId', 'id'])
@ForeignKey(() => Account, ['accountId'], ['id'], {
  name: 'project_account_fkey',
  onDelete: 'CASCADE',
})
export class Project {
  @BigIntKey('project_pkey')
  id!: number;

  @Column({ type: 'uuid' })
  accountId!: string;

  /** 1..50, unique among the account's projects that are not archived. */
  @Column({ type: 'varchar', length: 50 })
  name!: string;

  @Column({ type: 'varchar', length: 500, nullable: true })
  description!: string | null;

  /** IANA name. */
  @Column({ type: 'varchar', length: 64 })
  timeZone!: string;

  /** Set: the project can be read, not written, in every dialect. */
  @TimeColumn({ nullable: true })
  archivedAt!: Date | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
