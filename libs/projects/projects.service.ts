import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import type { Project } from './project.entity.js';
import { type ProjectFilter, ProjectsStore } from './projects.store.js';

export interface NewProject {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly timeZone: string;
}

export interface ProjectChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly timeZone?: string | undefined;
  readonly archived?: boolean | undefined;
}

@Injectable()
export class ProjectsService {
  /** Asked for on every write. */
  private readonly writable: FreshCache<boolean | undefined>;

  constructor(
    private readonly store: ProjectsStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {
    this.writable = new FreshCache({
      feed: changes,
      topic: 'project',
      load: (id) => this.store.isWritable(Number(id)),
    });
  }

  /** @throws DomainError conflict when an active project of the account has the name */
  create(by: Principal, input: NewProject): Promise<Project> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const project: Project = {
        id: await this.store.nextId(),
        accountId: by.accountId,
        name: input.name,
        description: input.description ?? null,
        timeZone: input.timeZone,
        archivedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      await this.store.insert(project);
      await this.announce(by, project.id, 'project.created');
      return project;
    });
  }

  /** A project of the caller's account. @throws DomainError not_found */
  async get(by: Principal, id: number): Promise<Project> {
    const project = await this.store.find(by.accountId, id);
    if (!project) throw new DomainError('not_found', 'project', 'There is no project with this id.');
    return project;
  }

  /** The ids of all projects of the caller's account, archived ones too. */
  ids(by: Principal): Promise<number[]> {
    return this.store.ids(by.accountId);
  }

  page(by: Principal, request: PageRequest): Promise<Page<Project>> {
    return this.store.page(by.accountId, request);
  }

  /** Newest first. */
  list(by: Principal, filter: ProjectFilter, request: PageNumber): Promise<NumberedPage<Project>> {
    return this.store.list(by.accountId, filter, request);
  }

  /** The first ten, newest first, whose name contains the text, whatever the case, or whose id it is. */
  lookup(by: Principal, text: string, filter: ProjectFilter): Promise<Project[]> {
    return this.store.lookup(by.accountId, text, filter);
  }

  /** @throws DomainError not_found, conflict */
  update(by: Principal, id: number, change: ProjectChange): Promise<Project> {
    return this.db.transaction(async () => {
      const project = await this.get(by, id);
      const now = this.clock.now();
      const changed: Project = {
        ...project,
        name: change.name ?? project.name,
        description: change.description === undefined ? project.description : change.description,
        timeZone: change.timeZone ?? project.timeZone,
        archivedAt:
          change.archived === undefined
            ? project.archivedAt
            : change.archived
              ? (project.archivedAt ?? now)
              : null,
        updatedAt: nextUpdate(now, project.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, id, 'project.updated', { members: changedMembers(change) });
      await this.changes.announce('project', id);
      return changed;
    });
  }

  /** @throws DomainError conflict when the project is archived, not_found when it is gone */
  async requireWritable(id: number): Promise<void> {
    const writable = await this.writable.get(String(id));
    if (writable === undefined) {
      throw new DomainError('not_found', 'project', 'There is no project with this id.');
    }
    if (!writable) {
      throw new DomainError('conflict', 'project', 'This project is archived: it can be read, not written.');
    }
  }

  private announce(by: Principal, id: number, type: string, data?: Record<string, unknown>): Promise<void> {
    return this.events.append([
      { type, accountId: by.accountId, projectId: id, actor: by, subjectId: id, ...(data && { data }) },
    ]);
  }
}
