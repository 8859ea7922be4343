import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { IdempotencyClaim, Once } from '#libs/platform/idempotency/idempotency.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Scope } from '#libs/scopes/scope.js';
import { distinctLabels } from '../distinct-labels.js';
import type { Feedback } from '../feedback.entity.js';
import { FeedbackWriter } from '../feedback-writer.js';
import { FeedbackStore } from '../feedback.store.js';
import { type NewFeedback, toRow } from '../new-feedback.js';
import type { FeedbackSeverity } from '../workflow/feedback-severity.js';
import type { FeedbackStatus } from '../workflow/feedback-status.js';
import type { ScopedInbox } from './scoped-inbox.entity.js';
import { ScopedInboxStore } from './scoped-inbox.store.js';

/** A feedback about a scope; it is open from the start. */
export interface NewScopedFeedback extends NewFeedback {
  readonly scope: Scope;
  readonly type: string;
  readonly severity: FeedbackSeverity;
  readonly labels: readonly string[];
  /** Empty is none. */
  readonly category: string | null;
  readonly targetContext: string | null;
  readonly targetUserId: string | null;
}

type Inbox = Pick<ScopedInbox, 'projectId' | 'channelId'>;

/** The feedback of a scoped inbox. Who may do what with it is the caller's to check. */
@Injectable()
export class ScopedFeedback {
  constructor(
    private readonly store: ScopedInboxStore,
    private readonly rows: FeedbackStore,
    private readonly writer: FeedbackWriter,
    private readonly projects: ProjectsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when the feedback is durable; for a key that was used before, with what it made as it is now.
   * @throws DomainError conflict (archived project; key in flight), unprocessable (key of another request), unavailable
   */
  async create(
    by: Pick<Principal, 'kind' | 'id' | 'accountId'>,
    inbox: Inbox,
    input: NewScopedFeedback,
    claim?: IdempotencyClaim,
  ): Promise<Once<Feedback>> {
    await this.projects.requireWritable(inbox.projectId);
    const row: Feedback = {
      ...toRow(inbox, await this.rows.nextId(), input, this.clock.now()),
      scopeType: input.scope.type,
      scopeId: input.scope.id,
      type: input.type,
      status: 'OPEN',
      severity: input.severity,
      labels: distinctLabels(input.labels),
      category: input.category || null,
      targetContext: input.targetContext,
      targetUserId: input.targetUserId,
    };
    const { result, replayed } = await this.writer.create(
      { row, accountId: by.accountId, actor: by, issueNames: [] },
      claim,
    );
    return { result: replayed ? await this.get(inbox.projectId, result) : row, replayed };
  }

  /** @throws DomainError not_found */
  async get(projectId: number, id: number): Promise<Feedback> {
    const feedback = await this.store.feedback(projectId, id);
    if (!feedback) throw new DomainError('not_found', 'feedback', 'Feedback not found.');
    return feedback;
  }

  /** One scope, or one status of it, newest first. */
  page(
    projectId: number,
    scope: Scope,
    status: FeedbackStatus | undefined,
    request: PageRequest,
  ): Promise<Page<Feedback>> {
    return this.store.page(projectId, scope, status, request);
  }
}
