import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { ImportError } from './import-error.entity.js';
import { Import } from './import.entity.js';

/** Which import: growing tables are asked by project first. */
export interface ImportRef {
  readonly projectId: number;
  readonly id: string;
}

@Injectable()
export class ImportsStore {
  constructor(private readonly db: Database) {}

  async insert(row: Import): Promise<void> {
    await this.db.manager.insert(Import, row);
  }

  get({ projectId, id }: ImportRef): Promise<Import | null> {
    return this.db.manager.findOneBy(Import, { projectId, id });
  }

  /** Looks in each project of the account: an id alone does not tell which one it is. */
  async find(accountId: string, id: string): Promise<Import | null> {
    const [found] = await this.db.query<{ projectId: number }>(
      `select import.project_id as "projectId" from project
       join import on import.project_id = project.id and import.id = $2 where project.account_id = $1`,
      [accountId, id],
    );
    return found ? this.get({ projectId: found.projectId, id }) : null;
  }

  /** Latest first. */
  async page(projectId: number, sourceId: string, { limit, cursor }: PageRequest): Promise<Page<Import>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(Import, {
      where: { projectId, sourceId, ...(after && { id: LessThan(after[0]) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** Imports that a worker has to go on with, oldest first. */
  unfinished(limit: number): Promise<ImportRef[]> {
    return this.db.query<ImportRef>(
      `select project_id as "projectId", id from import where state in ('queued', 'running')
       order by created_at limit $1`,
      [limit],
    );
  }

  async insertErrors({ projectId, id }: ImportRef, errors: readonly RowError[]): Promise<void> {
    if (errors.length === 0) return;
    await this.db.query(
      `insert into import_error (project_id, import_id, number, field, message)
       select $1::bigint, $2::uuid, * from unnest($3::int[], $4::text[], $5::text[])`,
      [
        projectId,
        id,
        errors.map(({ number }) => number),
        errors.map(({ field }) => field),
        errors.map(({ message }) => message),
      ],
    );
  }

  /** In the order of the rows, behind `after`. */
  errors({ projectId, id }: ImportRef, after: RowError | undefined, limit: number): Promise<RowError[]> {
    const query = this.db.manager
      .createQueryBuilder(ImportError, 'error')
      .where('error.project_id = :projectId and error.import_id = :id', { projectId, id });
    if (after) query.andWhere('(error.number, error.field) > (:number, :field)', { ...after });
    return query.orderBy('error.number').addOrderBy('error.field').limit(limit).getMany();
  }
}

/** What is wrong with a row that was left out. */
export interface RowError {
  /** Its place among the rows that were sent, from 0. */
  readonly number: number;
  readonly field: string;
  readonly message: string;
}
