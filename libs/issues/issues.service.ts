import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { CategoriesService } from '#libs/categories/categories.service.js';
import type { Category } from '#libs/categories/category.entity.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { IssueNames } from './issue-names.js';
import { issueName } from './issue-name.js';
import type { IssueChange, IssueFilter, IssueQuery, NewIssue } from './issue-query.js';
import type { Issue } from './issue.entity.js';
import { IssuesStore } from './issues.store.js';

/** An issue with the category that it is sorted under. */
export interface CategorizedIssue {
  readonly issue: Issue;
  readonly category: Category | null;
}

/** The issues of a project. In which order rows are held, and why searches have no index of text: docs/issues.md. */
@Injectable()
export class IssuesService {
  constructor(
    private readonly store: IssuesStore,
    private readonly names: IssueNames,
    private readonly categories: CategoriesService,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * @returns the id
   * @throws DomainError not_found (project, category), invalid (name), conflict (name; archived project; key in
   *   flight), unprocessable (key)
   */
  async create(
    by: Principal,
    projectId: number,
    input: NewIssue,
    claim?: IdempotencyClaim,
  ): Promise<Once<number>> {
    await this.writable(by, projectId);
    return this.idempotency.once(claim, async () => {
      if (input.categoryId != null) await this.categories.hold(projectId, input.categoryId);
      const now = this.clock.now();
      const id = await this.store.nextId();
      await this.store.insert({
        projectId,
        id,
        name: issueName(input.name),
        description: input.description ?? null,
        status: input.status ?? 'INIT',
        externalIssueId: input.externalIssueId ?? null,
        categoryId: input.categoryId ?? null,
        feedbackCount: 0,
        createdAt: now,
        updatedAt: now,
      });
      await this.announce(by, projectId, [id], 'issue.created');
      return id;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, projectId: number, id: number): Promise<CategorizedIssue> {
    const [found] = await this.getMany(by, projectId, [id]);
    if (!found) throw issueNotFound();
    return found;
  }

  /** Those of the ids that are there, in the order of the ids. @throws DomainError not_found (project) */
  async getMany(by: Principal, projectId: number, ids: readonly number[]): Promise<CategorizedIssue[]> {
    await this.projects.get(by, projectId);
    return this.categorized(projectId, await this.store.find(projectId, ids));
  }

  /** By page number. @throws DomainError not_found (project) */
  async page(
    by: Principal,
    projectId: number,
    query: IssueQuery,
    paging: PageNumber,
  ): Promise<NumberedPage<CategorizedIssue>> {
    await this.projects.get(by, projectId);
    const { items, total } = await this.store.page(projectId, query, paging);
    return { items: await this.categorized(projectId, items), total };
  }

  /** By cursor, newest first. @throws DomainError not_found (project), invalid (cursor) */
  async list(
    by: Principal,
    projectId: number,
    filter: IssueFilter,
    request: PageRequest,
  ): Promise<Page<CategorizedIssue>> {
    await this.projects.get(by, projectId);
    const { items, next } = await this.store.list(projectId, filter, request);
    return { items: await this.categorized(projectId, items), next };
  }

  /** @throws DomainError not_found (issue, category), invalid (name), conflict (name; archived project) */
  async update(by: Principal, projectId: number, id: number, change: IssueChange): Promise<CategorizedIssue> {
    await this.writable(by, projectId);
    return this.db.transaction(async () => {
      if (change.categoryId != null) await this.categories.hold(projectId, change.categoryId);
      if (change.name != null) await this.names.hold([projectId]);
      return this.change(by, await this.lock(projectId, id), change);
    });
  }

  /**
   * Removes issues and their links; feedback stays, and ids that are not there are ignored.
   * @returns the ids of what was removed
   * @throws DomainError not_found (project), conflict (archived project)
   */
  async remove(by: Principal, projectId: number, ids: readonly number[]): Promise<number[]> {
    await this.writable(by, projectId);
    return this.db.transaction(async () => {
      const found = await this.store.lockMany(projectId, ids);
      if (found.length === 0) return found;
      await this.store.remove(projectId, found);
      await this.announce(by, projectId, found, 'issue.removed');
      return found;
    });
  }

  /** Removes an issue and its links; feedback stays. @throws DomainError not_found, conflict (archived project) */
  async removeOne(by: Principal, projectId: number, id: number): Promise<void> {
    const removed = await this.remove(by, projectId, [id]);
    if (removed.length === 0) throw issueNotFound();
  }

  /**
   * Sorts an issue under a category, in place of the one it had.
   * @throws DomainError not_found (issue, category), conflict (archived project)
   */
  async setCategory(by: Principal, projectId: number, id: number, categoryId: number): Promise<void> {
    await this.update(by, projectId, id, { categoryId });
  }

  /** Takes an issue out of a category. @throws DomainError not_found (issue), conflict (another category; archived project) */
  async clearCategory(by: Principal, projectId: number, id: number, categoryId: number): Promise<void> {
    await this.writable(by, projectId);
    await this.db.transaction(async () => {
      const issue = await this.lock(projectId, id);
      if (issue.categoryId !== categoryId) {
        throw new DomainError('conflict', 'issue-category', 'The issue is not in this category.');
      }
      await this.change(by, issue, { categoryId: null });
    });
  }

  private async lock(projectId: number, id: number): Promise<Issue> {
    const issue = await this.store.lock(projectId, id);
    if (!issue) throw issueNotFound();
    return issue;
  }

  private async change(by: Principal, issue: Issue, change: IssueChange): Promise<CategorizedIssue> {
    const { projectId, id } = issue;
    const changed: Issue = {
      ...issue,
      name: issueName(change.name ?? issue.name),
      description: change.description === undefined ? issue.description : change.description,
      status: change.status ?? issue.status,
      externalIssueId: change.externalIssueId === undefined ? issue.externalIssueId : change.externalIssueId,
      categoryId: change.categoryId === undefined ? issue.categoryId : change.categoryId,
      updatedAt: nextUpdate(this.clock.now(), issue.updatedAt),
    };
    await this.store.update(changed);
    const moved = changed.status === issue.status ? {} : { from: issue.status, to: changed.status };
    await this.announce(by, projectId, [id], 'issue.updated', { members: changedMembers(change), ...moved });
    const [found] = await this.categorized(projectId, [changed]);
    return found!;
  }

  private async categorized(projectId: number, issues: readonly Issue[]): Promise<CategorizedIssue[]> {
    const ids = new Set(issues.flatMap(({ categoryId }) => categoryId ?? []));
    const categories = await this.categories.find(projectId, [...ids]);
    const byId = new Map(categories.map((category) => [category.id, category]));
    return issues.map((issue) => ({ issue, category: byId.get(issue.categoryId ?? 0) ?? null }));
  }

  /** Before the transaction: what others wait for together must not wait for a connection that they hold. */
  private async writable(by: Principal, projectId: number): Promise<void> {
    await this.projects.get(by, projectId);
    await this.projects.requireWritable(projectId);
  }

  private announce(
    by: Principal,
    projectId: number,
    ids: readonly number[],
    type: string,
    data = {},
  ): Promise<void> {
    return this.events.append(
      ids.map((subjectId) => ({ type, accountId: by.accountId, projectId, actor: by, subjectId, data })),
    );
  }
}

function issueNotFound(): DomainError {
  return new DomainError('not_found', 'issue', 'There is no issue with this id.');
}
