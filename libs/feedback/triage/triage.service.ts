import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { UserDirectory } from '#libs/accounts/user-directory.js';
import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import type { AttachedFile } from '#libs/attachments/attachments.store.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { valuesOf } from '#libs/channels/field-values.js';
import type { Issue } from '#libs/issues/issue.entity.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { feedbackNotFound } from '../feedback-not-found.js';
import type { Feedback } from '../feedback.entity.js';
import { FeedbackIssuesStore } from '../issues/feedback-issues.store.js';
import { FeedbackListStore, type ListScope } from '../search/feedback-list.store.js';
import type { FeedbackChange } from '../workflow/apply-change.js';
import type { FeedbackHistory } from '../workflow/feedback-history.entity.js';
import { FeedbackWorkflow } from '../workflow/feedback-workflow.service.js';
import { type FeedbackRef, WorkflowStore } from '../workflow/workflow.store.js';
import { toCondition, type TriageFilter } from './triage-filter.js';

/** A feedback with everything that helps to decide about it. */
export interface TriageItem {
  readonly feedback: Feedback;
  /** What was said, by the keys of its channel's fields. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
  readonly files: readonly AttachedFile[];
}

/** What became of a change of many. */
export interface BulkOutcome {
  readonly changed: readonly number[];
  /** Ids that the account does not have. */
  readonly missing: readonly number[];
}

/** One inbox for all feedback of an account, whichever public API it came by. */
@Injectable()
export class TriageService {
  constructor(
    private readonly lists: FeedbackListStore,
    private readonly workflow: FeedbackWorkflow,
    private readonly rows: WorkflowStore,
    private readonly links: FeedbackIssuesStore,
    private readonly attachments: AttachmentsService,
    private readonly projects: ProjectsService,
    private readonly channels: ChannelsService,
    private readonly users: UserDirectory,
    private readonly db: Database,
  ) {}

  /** Newest first. @throws DomainError not_found (project, channel), invalid (filter, cursor), unprocessable (too much) */
  async page(by: UserPrincipal, filter: TriageFilter, request: PageRequest): Promise<Page<TriageItem>> {
    const scope = await this.scope(by, filter);
    const { items, next } = await this.lists.page(scope, toCondition(filter), request);
    return { items: await this.items(by, items), next };
  }

  /** @throws DomainError not_found */
  async get(by: UserPrincipal, id: number): Promise<TriageItem> {
    const feedback = await this.rows.find(await this.find(by, id));
    if (!feedback) throw feedbackNotFound();
    const [item] = await this.items(by, [feedback]);
    return item!;
  }

  /**
   * Changes how a feedback is handled.
   * @param version checks the feedback as it stands, for changes that depend on what was seen
   * @throws DomainError not_found, invalid (assignee), conflict (archived project), and what `version` throws
   */
  async change(
    by: UserPrincipal,
    id: number,
    change: FeedbackChange,
    version?: (current: Feedback) => void,
  ): Promise<TriageItem> {
    await this.checkAssignee(by, change);
    const [item] = await this.items(by, [
      await this.workflow.change(by, await this.find(by, id), change, version),
    ]);
    return item!;
  }

  /**
   * Changes many, all of them or none; ids that the account does not have (any more) are told and left out.
   * @throws DomainError invalid (assignee), conflict (archived project)
   */
  async changeMany(by: UserPrincipal, ids: readonly number[], change: FeedbackChange): Promise<BulkOutcome> {
    await this.checkAssignee(by, change, 'change.assigneeId');
    const found = await this.lists.projectsOf(await this.projects.ids(by), ids);
    const refs = found.map(({ projectId, id }): FeedbackRef => ({ projectId, id }));
    // Before the transaction: what others wait for together must not wait for a connection that they hold.
    for (const projectId of new Set(refs.map((ref) => ref.projectId)))
      await this.projects.requireWritable(projectId);
    const changed = await this.db.transaction(async () => {
      const done: number[] = [];
      // By id: two changes of the same feedback take turns and do not wait for each other in a circle.
      for (const ref of refs.toSorted((a, b) => a.id - b.id))
        if (await this.changeIfThere(by, ref, change)) done.push(ref.id);
      return done;
    });
    return { changed, missing: ids.filter((id) => !changed.includes(id)) };
  }

  /** Who changed what, newest first. @throws DomainError not_found, invalid (cursor) */
  async history(by: UserPrincipal, id: number, request: PageRequest): Promise<Page<FeedbackHistory>> {
    return this.workflow.history(await this.find(by, id), request);
  }

  /** @throws DomainError not_found */
  async openFile(
    by: UserPrincipal,
    id: number,
    attachmentId: number,
  ): Promise<{ file: AttachedFile; content: Readable }> {
    const { projectId } = await this.find(by, id);
    return this.attachments.open(projectId, id, attachmentId);
  }

  /** False: somebody removed it meanwhile. */
  private async changeIfThere(by: UserPrincipal, ref: FeedbackRef, change: FeedbackChange): Promise<boolean> {
    try {
      await this.workflow.change(by, ref, change);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_found') return false;
      throw error;
    }
  }

  private async find(by: UserPrincipal, id: number): Promise<FeedbackRef> {
    const [found] = await this.lists.projectsOf(await this.projects.ids(by), [id]);
    if (!found) throw feedbackNotFound();
    return found;
  }

  private async scope(
    by: UserPrincipal,
    { projectId, channelId, issueId }: TriageFilter,
  ): Promise<ListScope> {
    if (projectId === undefined) {
      const field = channelId === undefined ? (issueId === undefined ? undefined : 'issueId') : 'channelId';
      if (field) throw wrong(field, `${field} needs projectId`);
      return { projectIds: await this.projects.ids(by) };
    }
    await this.projects.get(by, projectId);
    if (channelId !== undefined) await this.channels.get(by, projectId, channelId);
    return { projectIds: [projectId], channelId };
  }

  private async checkAssignee(
    { accountId }: UserPrincipal,
    { assigneeId }: FeedbackChange,
    field = 'assigneeId',
  ): Promise<void> {
    if (assigneeId == null) return;
    const user = await this.users.find(accountId, assigneeId);
    if (!user?.active) throw wrong(field, 'assigneeId must be an active user of the account');
  }

  private async items(by: UserPrincipal, feedback: readonly Feedback[]): Promise<TriageItem[]> {
    const issues = new Map<number, readonly Issue[]>();
    const files = new Map<number, AttachedFile[]>();
    for (const [projectId, some] of Map.groupBy(feedback, (each) => each.projectId)) {
      const ids = some.map(({ id }) => id);
      for (const [id, linked] of await this.links.issuesOf(projectId, ids)) issues.set(id, linked);
      for (const file of await this.attachments.list(projectId, ids))
        files.set(file.feedbackId, [...(files.get(file.feedbackId) ?? []), file]);
    }
    return Promise.all(
      feedback.map(async (each) => ({
        feedback: each,
        values: valuesOf(await this.channels.schema(by, each.projectId, each.channelId), each),
        issues: issues.get(each.id) ?? [],
        files: files.get(each.id) ?? [],
      })),
    );
  }
}

function wrong(field: string, message: string): DomainError {
  return new DomainError('invalid', 'feedback', message, { violations: [{ field, message }] });
}
