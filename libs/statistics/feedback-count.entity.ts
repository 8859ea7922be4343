import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BigIntKey } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';

const KEY = { primaryKeyConstraintName: 'feedback_count_pkey' };

/** How many feedback of one kind a day has; what was not folded in yet is in `FeedbackCountDelta`. */
@Entity('feedback_count')
@ForeignKey(() => Project, ['projectId'], ['id'], {
  name: 'feedback_count_project_fkey',
  onDelete: 'CASCADE',
})
export class FeedbackCount {
  @BigIntKey('feedback_count_pkey')
  projectId!: number;

  /** In the project's time zone, `YYYY-MM-DD`. */
  @PrimaryColumn({ ...KEY, type: 'date' })
  day!: string;

  /** Empty: every feedback; else those that carry the label. */
  @PrimaryColumn({ ...KEY, type: 'varchar', length: 50 })
  label!: string;

  @BigIntKey('feedback_count_pkey')
  channelId!: number;

  @PrimaryColumn({ ...KEY, type: 'varchar', length: 30 })
  dialect!: string;

  /** What nobody has looked at is OPEN. */
  @PrimaryColumn({ ...KEY, type: 'varchar', length: 20 })
  status!: string;

  /** negative, neutral, positive or none. */
  @PrimaryColumn({ ...KEY, type: 'varchar', length: 8 })
  sentiment!: string;

  @Column({ type: 'integer' })
  count!: number;
}
