import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { Channel } from '#libs/channels/channel.entity.js';
import { BigIntColumn, BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';
import type { ContentState } from './content-state.js';
import type { Schema, SchemaConfig } from './schemas/schema.js';

/** Contents that are asked the same question. */
@Entity('content_set')
@Index('content_set_key_key', ['projectId', 'key'], { unique: true })
@Index('content_set_list_idx', ['accountId', 'id'])
@Check('content_set_state_check', `state in ('active', 'inactive', 'archived')`)
@ForeignKey(() => Account, ['accountId'], ['id'], {
  name: 'content_set_account_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Project, ['projectId'], ['id'], {
  name: 'content_set_project_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Channel, ['projectId', 'mirrorChannelId'], ['projectId', 'id'], {
  name: 'content_set_mirror_channel_fkey',
})
export class ContentSet {
  @BigIntKey('content_set_pkey')
  projectId!: number;

  /** A `projectUuid`. */
  @UuidKey('content_set_pkey')
  id!: string;

  /** The project's. */
  @Column({ type: 'uuid' })
  accountId!: string;

  /** 1..30, unique within the project. */
  @Column({ type: 'varchar', length: 30 })
  key!: string;

  @Column({ type: 'varchar', length: 255 })
  name!: string;

  @Column({ type: 'varchar', length: 2000, nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 10 })
  state!: ContentState;

  /** Fixed, with its configuration, when the set is made. */
  @Column({ type: 'varchar', length: 20 })
  schema!: Schema;

  @Column({ type: 'jsonb' })
  config!: SchemaConfig;

  /** The values that came in so far, in this order, where the configuration names none. */
  @Column({ type: 'varchar', length: 64, array: true })
  discovered!: string[];

  /** True: a feelback for an unknown key makes its content. */
  @Column({ type: 'boolean' })
  autoContent!: boolean;

  /** True: everybody may read the counts. */
  @Column({ type: 'boolean' })
  publicAggregates!: boolean;

  /** For how long whoever gave a feelback may change it or take it back; 0: never. */
  @Column({ type: 'integer' })
  revokeWindowSeconds!: number;

  @Column({ type: 'integer' })
  maxContents!: number;

  /** How many contents there are, so that nobody needs to count them. */
  @Column({ type: 'integer' })
  contentCount!: number;

  /** The channel that what people write is feedback of, too; null: none. */
  @BigIntColumn({ nullable: true })
  mirrorChannelId!: number | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
