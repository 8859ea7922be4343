import { Check, Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Account } from './account.entity.js';

export type UserRole = 'owner' | 'member';

/** Someone who can sign in. (`user` is a reserved word of SQL.) */
@Entity('account_user')
@Unique('account_user_email_key', ['emailNormalized'])
@Index('account_user_list_idx', ['accountId', 'id'])
@Check('account_user_role_check', `role in ('owner', 'member')`)
@ForeignKey(() => Account, ['accountId'], ['id'], {
  name: 'account_user_account_fkey',
  onDelete: 'CASCADE',
})
export class User {
  @UuidKey('account_user_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  /** As given, the domain in lower case. */
  @Column({ type: 'varchar', length: 254 })
  email!: string;

  @Column({ type: 'varchar', length: 320 })
  emailNormalized!: string;

  @Column({ type: 'varchar', length: 100, nullable: true })
  name!: string | null;

  /** argon2id, PHC string format. */
  @Column({ type: 'text' })
  passwordHash!: string;

  /** Tokens from before this moment are worth nothing. */
  @TimeColumn()
  passwordChangedAt!: Date;

  @Column({ type: 'varchar', length: 20 })
  role!: UserRole;

  /** Runs the platform, and may make accounts. */
  @Column({ type: 'boolean' })
  operator!: boolean;

  @Column({ type: 'boolean' })
  active!: boolean;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
