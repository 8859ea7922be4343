import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { containing } from '#libs/platform/database/like-pattern.js';
import { type NumberedPage, type PageNumber, offsetOf } from '#libs/platform/paging/numbered-page.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Project } from './project.entity.js';

/** What a list of projects is narrowed to; what is left out does not matter. */
export interface ProjectFilter {
  readonly archived?: boolean | undefined;
}

/** Rows of a lookup. */
const FOUND = 10;

@Injectable()
export class ProjectsStore {
  constructor(private readonly db: Database) {}

  async nextId(): Promise<number> {
    const [row] = await this.db.query<{ id: number }>(`select nextval('project_id_seq') as id`);
    return row!.id;
  }

  /** @throws DomainError conflict when an active project of the account has the name */
  async insert(project: Project): Promise<void> {
    await uniqueName(() => this.db.manager.insert(Project, project));
  }

  find(accountId: string, id: number): Promise<Project | null> {
    return this.db.manager.findOneBy(Project, { accountId, id });
  }

  /** Every project of an account, archived ones too, oldest first. */
  async ids(accountId: string): Promise<number[]> {
    const rows = await this.db.query<{ id: number }>(
      'select id from project where account_id = $1 order by id',
      [accountId],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether a project takes writes; undefined when there is none. */
  async isWritable(id: number): Promise<boolean | undefined> {
    const [row] = await this.db.query<{ writable: boolean }>(
      'select archived_at is null as writable from project where id = $1',
      [id],
    );
    return row?.writable;
  }

  /** @throws DomainError conflict when another active project of the account has the name */
  async update(project: Project): Promise<void> {
    const { accountId, id, name, description, timeZone, archivedAt, updatedAt } = project;
    await uniqueName(() =>
      this.db.manager.update(
        Project,
        { accountId, id },
        { name, description, timeZone, archivedAt, updatedAt },
      ),
    );
  }

  async page(accountId: string, { limit, cursor }: PageRequest): Promise<Page<Project>> {
    const after = decodeCursor(cursor, (position): position is [number] => Number.isSafeInteger(position[0]));
    const rows = await this.db.manager.find(Project, {
      where: { accountId, ...(after && { id: MoreThan(after[0]) }) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** Newest first. */
  async list(accountId: string, filter: ProjectFilter, request: PageNumber): Promise<NumberedPage<Project>> {
    const [items, count] = await this.db.manager.findAndCount(Project, {
      where: { accountId, ...narrowed(filter) },
      order: { id: 'DESC' },
      skip: offsetOf(request),
      take: request.limit,
    });
    return { items, total: count };
  }

  /** Those whose name contains the text, or whose id it is; newest first. */
  lookup(accountId: string, text: string, filter: ProjectFilter): Promise<Project[]> {
    const query = this.db.manager
      .createQueryBuilder(Project, 'project')
      .where({ accountId, ...narrowed(filter) });
    if (text !== '')
      query.andWhere('(project.name ilike :pattern or project.id::text = :id)', {
        pattern: containing(text),
        id: text,
      });
    return query.orderBy('project.id', 'DESC').limit(FOUND).getMany();
  }
}

function narrowed({ archived }: ProjectFilter) {
  return archived === undefined ? {} : { archivedAt: archived ? Not(IsNull()) : IsNull() };
}

function uniqueName(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('project_name_key', 'project', 'An active project with this name exists.', write);
}
