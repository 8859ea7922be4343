import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { Channel } from '#libs/channels/channel.entity.js';
import { BigIntColumn, BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';

/** -1 negative, 0 neutral, 1 positive. */
export type Sentiment = -1 | 0 | 1;

/** What somebody said, whichever dialect it came by. */
@Entity('feedback')
@Index('feedback_list_idx', ['projectId', 'channelId', 'createdAt', 'id'])
@Index('feedback_updated_idx', ['projectId', 'channelId', 'updatedAt', 'id'])
@Index('feedback_author_idx', ['projectId', 'authorEmailNormalized'], {
  where: 'author_email_normalized is not null',
})
@Index('feedback_acknowledged_idx', ['projectId', 'acknowledgedAt', 'channelId', 'createdAt'], {
  where: 'acknowledged_at is not null',
})
@Index('feedback_resolved_idx', ['projectId', 'resolvedAt', 'channelId', 'createdAt'], {
  where: 'resolved_at is not null',
})
@Index('feedback_scope_idx', ['projectId', 'scopeType', 'scopeId', 'createdAt', 'id'], {
  where: 'scope_type is not null',
})
@Index('feedback_scope_status_idx', ['projectId', 'scopeType', 'scopeId', 'status', 'createdAt', 'id'], {
  where: 'scope_type is not null',
})
@Index('feedback_project_idx', ['projectId', 'createdAt', 'id'])
@Index('feedback_dialect_idx', ['projectId', 'dialect', 'createdAt', 'id'])
// Indexes, which TypeORM cannot describe: the migration makes them, a test holds that they are there.
@Index('feedback_fields_idx', { synchronize: false })
@Index('feedback_search_idx', { synchronize: false })
@Index('feedback_labels_idx', { synchronize: false })
@Index('feedback_stage_idx', { synchronize: false })
@Index('feedback_sentiment_idx', { synchronize: false })
@Index('feedback_severity_idx', { synchronize: false })
@Index('feedback_assignee_idx', { synchronize: false })
@Index('feedback_category_idx', { synchronize: false })
@Check('feedback_sentiment_check', 'sentiment in (-1, 0, 1)')
@ForeignKey(() => Channel, ['projectId', 'channelId'], ['projectId', 'id'], {
  name: 'feedback_channel_fkey',
})
export class Feedback {
  @BigIntKey('feedback_pkey')
  projectId!: number;

  /** One sequence for all: the same record has the same id in every dialect. */
  @BigIntKey('feedback_pkey')
  id!: number;

  @BigIntColumn()
  channelId!: number;

  /** The public API that wrote the row. */
  @Column({ type: 'varchar', length: 30 })
  dialect!: string;

  /** What was said, by the channel's field schema. */
  @Column({ type: 'jsonb' })
  fields!: Record<string, unknown>;

  /** The values of the text fields, one a line: what a search for text looks at. */
  @Column({ type: 'text' })
  searchText!: string;

  @Column({ type: 'varchar', length: 128, nullable: true })
  authorId!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  authorName!: string | null;

  /** As given, the domain in lower case. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  authorEmail!: string | null;

  @Column({ type: 'varchar', length: 320, nullable: true })
  authorEmailNormalized!: string | null;

  /** Null: not asked. Without consent nobody writes back. */
  @Column({ type: 'boolean', nullable: true })
  contactConsent!: boolean | null;

  /** Null: not said. */
  @Column({ type: 'smallint', nullable: true })
  sentiment!: Sentiment | null;

  @Column({ type: 'varchar', length: 20, nullable: true })
  scopeType!: string | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  scopeId!: string | null;

  /** What sort of feedback it is. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  type!: string | null;

  /** Where in the target it is, in the words of whoever said it. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  targetContext!: string | null;

  /** Whom it is about; need not be a user of ours. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  targetUserId!: string | null;

  @Column({ type: 'varchar', length: 20, nullable: true })
  status!: string | null;

  @Column({ type: 'varchar', length: 20, nullable: true })
  severity!: string | null;

  @Column({ type: 'varchar', length: 50, array: true, nullable: true })
  labels!: string[] | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  category!: string | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  assigneeId!: string | null;

  @Column({ type: 'varchar', length: 4000, nullable: true })
  resolutionNote!: string | null;

  @TimeColumn({ nullable: true })
  acknowledgedAt!: Date | null;

  @TimeColumn({ nullable: true })
  resolvedAt!: Date | null;

  /** When it was said. An imported row has its own date here and in `createdAt`; when it came is `updatedAt`. */
  @TimeColumn()
  submittedAt!: Date;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
