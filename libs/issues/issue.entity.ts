import { Check, Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Category } from '#libs/categories/category.entity.js';
import { BigIntColumn, BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';
import type { IssueStatus } from './issue-status.js';

/** What many feedbacks are about. No index holds the count or the time of the last change: see docs/issues.md. */
@Entity('issue')
@Unique('issue_name_key', ['projectId', 'name'])
@Index('issue_list_idx', ['projectId', 'createdAt', 'id'])
@Index('issue_category_idx', ['projectId', 'categoryId', 'id'], { where: 'category_id is not null' })
// A GIN index, which TypeORM cannot describe: the migration makes it, a test holds that it is there.
@Index('issue_search_idx', { synchronize: false })
@Check('issue_status_check', `status in ('INIT', 'ON_REVIEW', 'IN_PROGRESS', 'RESOLVED', 'PENDING')`)
@Check('issue_feedback_count_check', 'feedback_count >= 0')
@ForeignKey(() => Project, ['projectId'], ['id'], { name: 'issue_project_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Category, ['projectId', 'categoryId'], ['projectId', 'id'], { name: 'issue_category_fkey' })
export class Issue {
  @BigIntKey('issue_pkey')
  projectId!: number;

  @BigIntKey('issue_pkey')
  id!: number;

  /** 1..30 without blanks around it, unique in the project. */
  @Column({ type: 'varchar', length: 30 })
  name!: string;

  @Column({ type: 'varchar', length: 50, nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 20 })
  status!: IssueStatus;

  /** Its name in the team's own issue tracker. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  externalIssueId!: string | null;

  @BigIntColumn({ nullable: true })
  categoryId!: number | null;

  /** Feedback that is linked to it, exactly. */
  @BigIntColumn()
  feedbackCount!: number;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
