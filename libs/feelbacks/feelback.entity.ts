import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Content } from '#libs/content-sets/content.entity.js';
import type { FeelbackValue } from '#libs/content-sets/schemas/checked-value.js';
import { Feedback } from '#libs/feedback/feedback.entity.js';
import { BigIntColumn, BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import type { Profiling } from './profiling.js';

/** One reaction of somebody to a content. */
@Entity('feelback')
// Ids sort by the time of creation, so they are the order of every list.
@Index('feelback_set_idx', ['projectId', 'contentSetId', 'id'], { where: 'revoked_at is null' })
@Index('feelback_content_idx', ['projectId', 'contentId', 'id'], { where: 'revoked_at is null' })
@Index('feelback_revoked_set_idx', ['projectId', 'contentSetId', 'id'], {
  where: 'revoked_at is not null',
})
@Index('feelback_revoked_content_idx', ['projectId', 'contentId', 'id'], {
  where: 'revoked_at is not null',
})
@Index('feelback_feedback_idx', ['projectId', 'feedbackId'], { where: 'feedback_id is not null' })
@ForeignKey(() => Content, ['projectId', 'contentId'], ['projectId', 'id'], {
  name: 'feelback_content_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Feedback, ['projectId', 'feedbackId'], ['projectId', 'id'], {
  name: 'feelback_feedback_fkey',
  onDelete: 'SET NULL',
})
export class Feelback {
  @BigIntKey('feelback_pkey')
  projectId!: number;

  /** A `projectUuid`. */
  @UuidKey('feelback_pkey')
  id!: string;

  /** The content's. */
  @Column({ type: 'uuid' })
  contentSetId!: string;

  @Column({ type: 'uuid' })
  contentId!: string;

  /** As the set's schema wants it. */
  @Column({ type: 'jsonb' })
  value!: FeelbackValue;

  /** Which of the set's counts the value belongs to. */
  @Column({ type: 'smallint' })
  bucket!: number;

  /** What the page said beside the value. */
  @Column({ type: 'jsonb', nullable: true })
  context!: Record<string, unknown> | null;

  /** What the request told of its sender. */
  @Column({ type: 'jsonb', nullable: true })
  profiling!: Profiling | null;

  /** SHA-256 of the token that lets its holder edit or revoke; null: nobody may. */
  @Column({ type: 'bytea', nullable: true })
  revokeDigest!: Buffer | null;

  @TimeColumn({ nullable: true })
  revocableUntil!: Date | null;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;

  /** Set: taken back; it is in no count. */
  @TimeColumn({ nullable: true })
  revokedAt!: Date | null;

  /** The feedback that mirrors it; null: there is none, or it was removed since. */
  @BigIntColumn({ nullable: true })
  feedbackId!: number | null;
}
