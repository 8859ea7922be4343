import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BigIntKey } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';

/** How much feedback of a day is about an issue; what was not folded in yet is in `IssueCountDelta`. */
@Entity('feedback_issue_count')
@ForeignKey(() => Project, ['projectId'], ['id'], {
  name: 'feedback_issue_count_project_fkey',
  onDelete: 'CASCADE',
})
export class IssueCount {
  @BigIntKey('feedback_issue_count_pkey')
  projectId!: number;

  /** In the project's time zone, `YYYY-MM-DD`. */
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'feedback_issue_count_pkey' })
  day!: string;

  /** The issue may be gone: its counts are then 0. */
  @BigIntKey('feedback_issue_count_pkey')
  issueId!: number;

  @BigIntKey('feedback_issue_count_pkey')
  channelId!: number;

  @Column({ type: 'integer' })
  count!: number;
}
