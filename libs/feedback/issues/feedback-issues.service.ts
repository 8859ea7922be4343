import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { EventLog } from '#libs/events/event-log.js';
import { IssueNames } from '#libs/issues/issue-names.js';
import type { Issue } from '#libs/issues/issue.entity.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { FeedbackEditingStore } from '../editing/feedback-editing.store.js';
import { feedbackNotFound } from '../feedback-not-found.js';
import type { ChannelRef } from '../feedback.store.js';
import { FeedbackIssuesStore, type Link } from './feedback-issues.store.js';
import { linkOf } from './link-of.js';

/** Says which feedback is about which issue. Counts follow in the same transaction: see docs/issues.md. */
@Injectable()
export class FeedbackIssuesService {
  constructor(
    private readonly store: FeedbackIssuesStore,
    private readonly feedback: FeedbackEditingStore,
    private readonly names: IssueNames,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /** The issues of each feedback by its id, in the order of their ids, for callers that have been let into the project. */
  issuesOf(projectId: number, feedbackIds: readonly number[]): Promise<ReadonlyMap<number, Issue[]>> {
    return this.store.issuesOf(projectId, feedbackIds);
  }

  /** Links a feedback to an issue; once is enough. @throws DomainError not_found (feedback, issue), conflict (archived project) */
  attach(by: Principal, ref: ChannelRef, feedbackId: number, issueId: number): Promise<void> {
    return this.change(by, ref, { projectId: ref.projectId, feedbackId, issueId }, true);
  }

  /** Ends such a link, if there is one. @throws DomainError not_found (feedback, issue), conflict (archived project) */
  detach(by: Principal, ref: ChannelRef, feedbackId: number, issueId: number): Promise<void> {
    return this.change(by, ref, { projectId: ref.projectId, feedbackId, issueId }, false);
  }

  private async change(by: Principal, ref: ChannelRef, link: Link, linked: boolean): Promise<void> {
    const { projectId, feedbackId, issueId } = link;
    // Before the transaction: what others wait for together must not wait for a connection that they hold.
    await this.projects.get(by, projectId);
    await this.projects.requireWritable(projectId);
    await this.db.transaction(async () => {
      const feedback = await this.feedback.lock(ref, feedbackId);
      if (!feedback) throw feedbackNotFound();
      const held = await this.names.resolve([], [{ projectId, id: issueId }]);
      if (!held.has(projectId, issueId)) {
        throw new DomainError('not_found', 'issue', 'There is no issue with this id.');
      }
      const links = await this.store.links(projectId, [feedbackId]);
      if (links.some((known) => known.issueId === issueId) === linked) return;
      const now = this.clock.now();
      await this.db.writeTogether([
        ...this.store.change(linked ? [linkOf(feedback, issueId)] : [], linked ? [] : [link], now),
        this.feedback.touch(feedback, nextUpdate(now, feedback.updatedAt)),
        this.events.statement([
          {
            type: linked ? 'feedback.issue-attached' : 'feedback.issue-detached',
            accountId: by.accountId,
            projectId,
            actor: by,
            subjectId: feedbackId,
            data: { issueId },
          },
        ]),
      ]);
    });
  }
}
