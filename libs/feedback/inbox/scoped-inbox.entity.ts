import { Entity, ForeignKey, Unique } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { Channel } from '#libs/channels/channel.entity.js';
import { BigIntColumn, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** Where an account's feedback about servers, networks, services and extensions lives: one project, one channel. */
@Entity('scoped_inbox')
@Unique('scoped_inbox_channel_key', ['projectId', 'channelId'])
@ForeignKey(() => Account, ['accountId'], ['id'], {
  name: 'scoped_inbox_account_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Channel, ['projectId', 'channelId'], ['projectId', 'id'], {
  name: 'scoped_inbox_channel_fkey',
  onDelete: 'CASCADE',
})
export class ScopedInbox {
  @UuidKey('scoped_inbox_pkey')
  accountId!: string;

  @BigIntColumn()
  projectId!: number;

  @BigIntColumn()
  channelId!: number;

  @TimeColumn()
  createdAt!: Date;
}
