import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { CategoriesStore, type CategoryQuery } from './categories.store.js';
import type { Category } from './category.entity.js';

/** Longest name, in characters. */
export const CATEGORY_NAME_MAX = 255;

@Injectable()
export class CategoriesService {
  constructor(
    private readonly store: CategoriesStore,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * @returns the id
   * @throws DomainError not_found (project), conflict (name; archived project; key in flight), unprocessable (key)
   */
  async create(
    by: Principal,
    projectId: number,
    { name }: { readonly name: string },
    claim?: IdempotencyClaim,
  ): Promise<Once<number>> {
    await this.writable(by, projectId);
    return this.idempotency.once(claim, async () => {
      const now = this.clock.now();
      const id = await this.store.nextId();
      await this.store.insert({ projectId, id, name, createdAt: now, updatedAt: now });
      await this.announce(by, projectId, id, 'category.created');
      return id;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, projectId: number, id: number): Promise<Category> {
    await this.projects.get(by, projectId);
    const [category] = await this.store.find(projectId, [id]);
    if (!category) throw categoryNotFound();
    return category;
  }

  /** Those of the ids that are there, for callers that have been let into the project. */
  find(projectId: number, ids: readonly number[]): Promise<Category[]> {
    return this.store.find(projectId, ids);
  }

  /** By page number. @throws DomainError not_found (project) */
  async page(
    by: Principal,
    projectId: number,
    query: CategoryQuery,
    paging: PageNumber,
  ): Promise<NumberedPage<Category>> {
    await this.projects.get(by, projectId);
    return this.store.page(projectId, query, paging);
  }

  /** By cursor, oldest first. @throws DomainError not_found (project), invalid (cursor) */
  async list(by: Principal, projectId: number, request: PageRequest): Promise<Page<Category>> {
    await this.projects.get(by, projectId);
    return this.store.list(projectId, request);
  }

  /** Renames a category. @throws DomainError not_found, conflict (name; archived project) */
  async update(
    by: Principal,
    projectId: number,
    id: number,
    { name }: { readonly name: string },
  ): Promise<Category> {
    await this.writable(by, projectId);
    return this.db.transaction(async () => {
      const category = await this.store.lock(projectId, id, 'change');
      if (!category) throw categoryNotFound();
      const changed = { ...category, name, updatedAt: nextUpdate(this.clock.now(), category.updatedAt) };
      await this.store.update(changed);
      await this.announce(by, projectId, id, 'category.updated', { members: ['name'] });
      return changed;
    });
  }

  /** Removes a category; its issues stay, without one. @throws DomainError not_found, conflict (archived project) */
  async remove(by: Principal, projectId: number, id: number): Promise<void> {
    await this.writable(by, projectId);
    await this.db.transaction(async () => {
      if (!(await this.store.lock(projectId, id, 'change'))) throw categoryNotFound();
      await this.store.clear(projectId, id, this.clock.now());
      await this.store.remove(projectId, id);
      await this.announce(by, projectId, id, 'category.removed');
    });
  }

  /** Keeps a category from being removed until the open transaction ends. @throws DomainError not_found */
  async hold(projectId: number, id: number): Promise<void> {
    if (!(await this.store.lock(projectId, id, 'use'))) throw categoryNotFound();
  }

  /** Before the transaction: what others wait for together must not wait for a connection that they hold. */
  private async writable(by: Principal, projectId: number): Promise<void> {
    await this.projects.get(by, projectId);
    await this.projects.requireWritable(projectId);
  }

  private announce(by: Principal, projectId: number, id: number, type: string, data = {}): Promise<void> {
    return this.events.append([{ type, accountId: by.accountId, projectId, actor: by, subjectId: id, data }]);
  }
}

function categoryNotFound(): DomainError {
  return new DomainError('not_found', 'category', 'There is no category with this id.');
}
