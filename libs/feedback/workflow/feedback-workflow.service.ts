import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Feedback } from '../feedback.entity.js';
import { type AppliedMember, applyChange, type FeedbackChange } from './apply-change.js';
import type { FeedbackHistory } from './feedback-history.entity.js';
import { type FeedbackRef, WorkflowStore } from './workflow.store.js';

/** Whoever handles feedback; that they may is the caller's to check. */
type Editor = Pick<Principal, 'kind' | 'id' | 'accountId'>;

/** How feedback is handled, whichever public API it came by: status, severity, labels, assignee, notes. */
@Injectable()
export class FeedbackWorkflow {
  constructor(
    private readonly store: WorkflowStore,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /**
   * Changes how a feedback is handled, with its history and its event. Changes of one feedback take turns; one that
   * brings nothing new writes nothing.
   * @param version checks the feedback as it stands once its turn has come, for changes that depend on what was seen
   * @throws DomainError not_found, conflict (archived project), and what `version` throws
   */
  async change(
    by: Editor,
    ref: FeedbackRef,
    change: FeedbackChange,
    version?: (current: Feedback) => void,
  ): Promise<Feedback> {
    await this.projects.requireWritable(ref.projectId);
    return this.db.transaction(async () => {
      const feedback = await this.store.lock(ref);
      if (!feedback) throw new DomainError('not_found', 'feedback', 'Feedback not found.');
      version?.(feedback);
      const applied = applyChange(feedback, change, this.clock.now());
      if (!applied) return feedback;
      const { columns, members } = applied;
      await this.store.update(ref, columns);
      await this.store.insertHistory(members.map((member) => historyOf(by, ref, columns.updatedAt, member)));
      await this.events.append([
        {
          type: 'feedback.updated',
          accountId: by.accountId,
          projectId: ref.projectId,
          actor: by,
          subjectId: ref.id,
          data: eventData(members),
        },
      ]);
      return { ...feedback, ...columns };
    });
  }

  /** What was changed, newest first. */
  history(ref: FeedbackRef, request: PageRequest): Promise<Page<FeedbackHistory>> {
    return this.store.history(ref, request);
  }
}

function historyOf(
  by: Editor,
  { projectId, id: feedbackId }: FeedbackRef,
  changedAt: Date,
  { member, from: fromValue, to: toValue }: AppliedMember,
): FeedbackHistory {
  return {
    projectId,
    feedbackId,
    changedAt,
    member,
    fromValue,
    toValue,
    actorKind: by.kind,
    actorId: by.id,
  };
}

function eventData(members: readonly AppliedMember[]): Record<string, unknown> {
  const status = members.find(({ member }) => member === 'status');
  return {
    members: members.map(({ member }) => member),
    ...(status && { status: { from: status.from, to: status.to } }),
  };
}
