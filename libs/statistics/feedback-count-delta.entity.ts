import { Column, Entity } from 'typeorm';
import { BigIntColumn, BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** What one statement changed in the counts; triggers on `feedback` append it, a job folds it in. */
@Entity('feedback_count_delta')
export class FeedbackCountDelta {
  @BigIntKey('feedback_count_delta_pkey')
  projectId!: number;

  @UuidKey('feedback_count_delta_pkey')
  id!: string;

  @BigIntColumn()
  channelId!: number;

  /** The quarter of an hour of the feedback: the days of every time zone begin at one. */
  @TimeColumn()
  quarter!: Date;

  @Column({ type: 'varchar', length: 50 })
  label!: string;

  @Column({ type: 'varchar', length: 30 })
  dialect!: string;

  @Column({ type: 'varchar', length: 20 })
  status!: string;

  @Column({ type: 'varchar', length: 8 })
  sentiment!: string;

  @Column({ type: 'integer' })
  count!: number;
}
