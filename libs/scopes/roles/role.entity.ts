import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import type { UserRole } from '#libs/accounts/user.entity.js';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import type { ScopeType } from '../scope.js';

/** Permissions in one scope, for the users that have the role, and for every user when it is the scope's default. */
@Entity('role')
@Index('role_list_idx', ['accountId', 'id'])
@Index('role_scope_idx', ['accountId', 'scopeType', 'scopeId', 'id'])
@Index('role_built_in_key', ['accountId', 'builtIn'], { unique: true, where: 'built_in is not null' })
@Index('role_default_key', ['accountId', 'scopeType', 'scopeId'], { unique: true, where: 'is_default' })
@Index('role_global_default_key', ['accountId'], { unique: true, where: 'is_default and scope_id is null' })
@Check('role_scope_type_check', `scope_type in ('global', 'server', 'network', 'service', 'extension')`)
@Check('role_scope_id_check', `(scope_type = 'global') = (scope_id is null)`)
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'role_account_fkey', onDelete: 'CASCADE' })
export class Role {
  @UuidKey('role_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'varchar', length: 500, nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 20 })
  scopeType!: ScopeType;

  /** Null for global, and for nothing else. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  scopeId!: string | null;

  /** Permission nodes; `group:*` and `*` stand for many. */
  @Column({ type: 'varchar', length: 50, array: true })
  permissions!: string[];

  /** True: every user of the account has it. */
  @Column({ type: 'boolean' })
  isDefault!: boolean;

  /** Set: the role of every user whose `role` it is. Nobody changes it. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  builtIn!: UserRole | null;

  /** Null: the house itself. */
  @Column({ type: 'uuid', nullable: true })
  creatorId!: string | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
