import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BigIntKey } from '#libs/platform/database/columns.js';
import { Feedback } from '../feedback.entity.js';

/** One member of a feedback that somebody changed. What people write is not kept a second time: it stays erasable. */
@Entity('feedback_history')
@ForeignKey(() => Feedback, ['projectId', 'feedbackId'], ['projectId', 'id'], {
  name: 'feedback_history_feedback_fkey',
  onDelete: 'CASCADE',
})
export class FeedbackHistory {
  @BigIntKey('feedback_history_pkey')
  projectId!: number;

  @BigIntKey('feedback_history_pkey')
  feedbackId!: number;

  /** The feedback's `updatedAt` after the change; all members of one change share it, and no other change does. */
  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    primaryKeyConstraintName: 'feedback_history_pkey',
  })
  changedAt!: Date;

  @PrimaryColumn({ type: 'varchar', length: 30, primaryKeyConstraintName: 'feedback_history_pkey' })
  member!: string;

  /** Enumerations and ids only; null for what people write. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  fromValue!: string | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  toValue!: string | null;

  @Column({ type: 'varchar', length: 20 })
  actorKind!: string;

  @Column({ type: 'varchar', length: 128, nullable: true })
  actorId!: string | null;
}
