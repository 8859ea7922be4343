import { Column, Entity } from 'typeorm';
import { BigIntColumn, BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** What one statement changed in the counts of issues; triggers on `feedback_issue` append it, a job folds it in. */
@Entity('feedback_issue_count_delta')
export class IssueCountDelta {
  @BigIntKey('feedback_issue_count_delta_pkey')
  projectId!: number;

  @UuidKey('feedback_issue_count_delta_pkey')
  id!: string;

  @BigIntColumn()
  issueId!: number;

  @BigIntColumn()
  channelId!: number;

  /** The quarter of an hour of the feedback: the days of every time zone begin at one. */
  @TimeColumn()
  quarter!: Date;

  @Column({ type: 'integer' })
  count!: number;
}
