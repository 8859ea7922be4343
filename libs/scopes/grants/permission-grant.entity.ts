import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { User } from '#libs/accounts/user.entity.js';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** One permission that a user has, or is denied, in every scope. */
@Entity('permission_grant')
@ForeignKey(() => User, ['userId'], ['id'], { name: 'permission_grant_user_fkey', onDelete: 'CASCADE' })
export class PermissionGrant {
  @UuidKey('permission_grant_pkey')
  userId!: string;

  @PrimaryColumn({ type: 'varchar', length: 50, primaryKeyConstraintName: 'permission_grant_pkey' })
  permission!: string;

  /** True: denies, whatever else allows. */
  @Column({ type: 'boolean' })
  negated!: boolean;

  @TimeColumn({ nullable: true })
  expiresAt!: Date | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
