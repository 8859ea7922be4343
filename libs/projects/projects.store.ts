import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Project } from './project.entity.js';

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
}

function uniqueName(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('project_name_key', 'project', 'An active project with this name exists.', write);
}
