import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { Channel } from '#libs/channels/channel.entity.js';
import { BigIntColumn, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** A program that gets tokens by client credentials (RFC 6749, 4.4); it reaches one channel. */
@Entity('oauth_client')
@Index('oauth_client_list_idx', ['accountId', 'id'])
@Index('oauth_client_channel_idx', ['projectId', 'channelId'])
@ForeignKey(() => Account, ['accountId'], ['id'], {
  name: 'oauth_client_account_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Channel, ['projectId', 'channelId'], ['projectId', 'id'], {
  name: 'oauth_client_channel_fkey',
  onDelete: 'RESTRICT',
})
export class OAuthClient {
  /** The `client_id` on the wire. */
  @UuidKey('oauth_client_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @BigIntColumn()
  projectId!: number;

  @BigIntColumn()
  channelId!: number;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** Permission nodes that its tokens may carry. */
  @Column({ type: 'varchar', length: 50, array: true })
  permissions!: string[];

  @Column({ type: 'boolean' })
  active!: boolean;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
