import { Injectable } from '@nestjs/common';
import { UserDirectory } from '#libs/accounts/user-directory.js';
import type { Feedback } from '#libs/feedback/feedback.entity.js';
import { type NewScopedFeedback, ScopedFeedback } from '#libs/feedback/inbox/scoped-feedback.service.js';
import { ScopedInboxes } from '#libs/feedback/inbox/scoped-inboxes.service.js';
import type { FeedbackChange } from '#libs/feedback/workflow/apply-change.js';
import type { FeedbackHistory } from '#libs/feedback/workflow/feedback-history.entity.js';
import type { FeedbackStatus } from '#libs/feedback/workflow/feedback-status.js';
import { FeedbackWorkflow } from '#libs/feedback/workflow/feedback-workflow.service.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { IdempotencyClaim, Once } from '#libs/platform/idempotency/idempotency.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import type { Scope } from '#libs/scopes/scope.js';
import { INBOX_PLAN } from './inbox-plan.js';
import { ScopedAccess } from './scoped-access.js';
import type { ScopedCaller } from './scoped-caller.js';

/** The names of those users of the account that a feedback, or its history, mentions; by id. */
export type Names = ReadonlyMap<string, string>;

export interface NamedFeedback {
  readonly feedback: Feedback;
  readonly names: Names;
}

/** A feedback to be created; without an author it is the caller's own. */
export type NewEntry = NewScopedFeedback & { readonly authorId: string | null };

/** Feedback of the caller's account: each call is checked, done, and answered with the names of people. */
@Injectable()
export class ScopedFeedbackService {
  constructor(
    private readonly access: ScopedAccess,
    private readonly inboxes: ScopedInboxes,
    private readonly feedback: ScopedFeedback,
    private readonly workflow: FeedbackWorkflow,
    private readonly users: UserDirectory,
  ) {}

  /**
   * Creates a feedback in the account's inbox, which is made with its first one.
   * @param claim the project in it is not looked at
   * @throws DomainError forbidden, invalid, conflict (archived project; key in flight), unprocessable, unavailable
   */
  async create(
    by: ScopedCaller,
    input: NewEntry,
    claim: IdempotencyClaim | undefined,
  ): Promise<Once<NamedFeedback>> {
    const reporterId = await this.access.reporter(by, input.scope, input.authorId);
    const inbox = await this.inboxes.ensure(by.accountId, INBOX_PLAN);
    const { result, replayed } = await this.feedback.create(
      by,
      inbox,
      { ...input, authorId: reporterId },
      claim && { ...claim, projectId: inbox.projectId },
    );
    return { result: await this.named(by, result), replayed };
  }

  /** One scope, newest first. @throws DomainError forbidden, invalid (cursor) */
  async page(
    by: ScopedCaller,
    scope: Scope,
    status: FeedbackStatus | undefined,
    request: PageRequest,
  ): Promise<Page<NamedFeedback>> {
    await this.access.list(by, scope);
    const inbox = await this.inboxes.find(by.accountId);
    if (!inbox) return { items: [], next: null };
    const { items, next } = await this.feedback.page(inbox.projectId, scope, status, request);
    const names = await this.users.names(by.accountId, items.flatMap(mentioned));
    return { items: items.map((feedback) => ({ feedback, names })), next };
  }

  /** @throws DomainError not_found, forbidden (servers) */
  async get(by: ScopedCaller, id: number): Promise<NamedFeedback> {
    const feedback = await this.find(by, id);
    await this.access.read(by, feedback);
    return this.named(by, feedback);
  }

  /**
   * Changes how a feedback is handled.
   * @param version checks the feedback as it stands, for changes that depend on what was seen
   * @throws DomainError not_found, forbidden, invalid (assignee), precondition_failed, conflict (archived project)
   */
  async update(
    by: ScopedCaller,
    id: number,
    change: FeedbackChange,
    version?: (current: Feedback) => void,
  ): Promise<NamedFeedback> {
    const feedback = await this.find(by, id);
    await this.access.edit(by, feedback);
    const checked = change.assigneeId ? await this.assign(by, feedback, change, change.assigneeId) : change;
    return this.named(by, await this.workflow.change(by, feedback, checked, version));
  }

  /** What was changed, newest first. @throws DomainError not_found, forbidden, invalid (cursor) */
  async history(
    by: ScopedCaller,
    id: number,
    request: PageRequest,
  ): Promise<Page<{ readonly entry: FeedbackHistory; readonly names: Names }>> {
    const feedback = await this.find(by, id);
    await this.access.history(by, feedback);
    const { items, next } = await this.workflow.history(feedback, request);
    const names = await this.users.names(
      by.accountId,
      items.map(({ actorId }) => actorId),
    );
    return { items: items.map((entry) => ({ entry, names })), next };
  }

  private async find(by: ScopedCaller, id: number): Promise<Feedback> {
    this.access.people(by);
    const inbox = await this.inboxes.find(by.accountId);
    // An account without an inbox has no feedback that could be found: 0 is nobody's project.
    return this.feedback.get(inbox?.projectId ?? 0, id);
  }

  private async assign(
    { accountId }: ScopedCaller,
    feedback: Feedback,
    change: FeedbackChange,
    userId: string,
  ): Promise<FeedbackChange> {
    const user = await this.users.find(accountId, userId);
    if (!user || !(await this.access.takes(user, feedback))) throw wrongAssignee();
    return { ...change, assigneeId: user.id };
  }

  /** From the cache, where a list asks once for all of its rows. */
  private async named({ accountId }: ScopedCaller, feedback: Feedback): Promise<NamedFeedback> {
    const names = new Map<string, string>();
    for (const id of mentioned(feedback)) {
      const user = await this.users.find(accountId, id);
      if (user?.name) names.set(id, user.name);
    }
    return { feedback, names };
  }
}

function mentioned({ authorId, assigneeId }: Feedback): string[] {
  return [authorId, assigneeId].filter((id) => id !== null);
}

function wrongAssignee(): DomainError {
  const message = 'assignedUserId must be a user who may read feedback in this scope.';
  return new DomainError('invalid', 'assignee', message, {
    violations: [{ field: 'assignedUserId', message }],
  });
}
