import { Check, Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import type { TargetType } from '../scope.js';

/**
 * Something that scopes are about. It is registered to carry a name, credentials or membership in a network; a scope
 * may also name what is not.
 */
@Entity('scope_target')
@Unique('scope_target_scope_key', ['accountId', 'type', 'scopeId'])
@Index('scope_target_list_idx', ['accountId', 'id'])
@Index('scope_target_network_idx', ['networkId', 'id'], { where: 'network_id is not null' })
@Check('scope_target_type_check', `type in ('server', 'network', 'service', 'extension')`)
@Check('scope_target_network_check', `network_id is null or type = 'server'`)
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'scope_target_account_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => ScopeTarget, ['networkId'], ['id'], { name: 'scope_target_network_fkey' })
export class ScopeTarget {
  @UuidKey('scope_target_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @Column({ type: 'varchar', length: 20 })
  type!: TargetType;

  /** What the scope of a feedback says. */
  @Column({ type: 'varchar', length: 128 })
  scopeId!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** The network that a server is in: the `id` of its target. */
  @Column({ type: 'uuid', nullable: true })
  networkId!: string | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
