import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { Channel } from '#libs/channels/channel.entity.js';
import { BigIntColumn, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/**
 * What happens to personal data before a row is stored. `mask` replaces e-mail addresses, phone numbers, IBANs and
 * card numbers; `drop-name` does that too and forgets the name.
 */
export const SENSITIVITIES = ['none', 'mask', 'drop-name'] as const;

export type Sensitivity = (typeof SENSITIVITIES)[number];

/** A place that another system pushes its feedback to; the rows go into a channel of its own. */
@Entity('source')
@Index('source_list_idx', ['accountId', 'id'])
@Index('source_channel_idx', ['projectId', 'channelId'])
@Check('source_sensitivity_check', `sensitivity in ('none', 'mask', 'drop-name')`)
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'source_account_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Channel, ['projectId', 'channelId'], ['projectId', 'id'], {
  name: 'source_channel_fkey',
  onDelete: 'RESTRICT',
})
export class Source {
  @UuidKey('source_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @BigIntColumn()
  projectId!: number;

  @BigIntColumn()
  channelId!: number;

  @Column({ type: 'varchar', length: 50 })
  title!: string;

  /** Where the dates of its rows, which name no zone, are at home. */
  @Column({ type: 'varchar', length: 64 })
  timeZone!: string;

  @Column({ type: 'varchar', length: 20 })
  sensitivity!: Sensitivity;

  @Column({ type: 'boolean' })
  enabled!: boolean;

  @TimeColumn({ nullable: true })
  archivedAt!: Date | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
