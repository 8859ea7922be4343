import { Entity, ForeignKey, Index } from 'typeorm';
import { Issue } from '#libs/issues/issue.entity.js';
import { BigIntColumn, BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';
import { Feedback } from '../feedback.entity.js';

/** A feedback that is about an issue. Written only together with the issue's count. */
@Entity('feedback_issue')
@Index('feedback_issue_issue_idx', ['projectId', 'issueId', 'feedbackId'])
@ForeignKey(() => Feedback, ['projectId', 'feedbackId'], ['projectId', 'id'], {
  name: 'feedback_issue_feedback_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Issue, ['projectId', 'issueId'], ['projectId', 'id'], {
  name: 'feedback_issue_issue_fkey',
  onDelete: 'CASCADE',
})
export class FeedbackIssue {
  @BigIntKey('feedback_issue_pkey')
  projectId!: number;

  @BigIntKey('feedback_issue_pkey')
  feedbackId!: number;

  @BigIntKey('feedback_issue_pkey')
  issueId!: number;

  /** The feedback's: links are counted by it when the feedback is gone. */
  @BigIntColumn()
  channelId!: number;

  /** The feedback's, as the channel is. */
  @TimeColumn()
  feedbackCreatedAt!: Date;

  @TimeColumn()
  createdAt!: Date;
}
