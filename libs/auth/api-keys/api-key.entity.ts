import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { BigIntColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';
import { Secret } from '../secrets/secret.entity.js';

/** A key that opens one public API: a secret with a name. */
@Entity('api_key')
@Unique('api_key_digest_key', ['digest'])
@Index('api_key_list_idx', ['accountId', 'id'])
@Index('api_key_project_idx', ['projectId'], { where: 'project_id is not null' })
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'api_key_account_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Project, ['projectId'], ['id'], { name: 'api_key_project_fkey', onDelete: 'CASCADE' })
export class ApiKey extends Secret {
  @UuidKey('api_key_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  /** The public API that the key opens. */
  @Column({ type: 'varchar', length: 30 })
  dialect!: string;

  /** Null: every project of the account. */
  @BigIntColumn({ nullable: true })
  projectId!: number | null;

  /** Null: every source of the account. */
  @Column({ type: 'uuid', array: true, nullable: true })
  sourceIds!: string[] | null;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** Permission nodes that the key carries. */
  @Column({ type: 'varchar', length: 50, array: true })
  permissions!: string[];
}
