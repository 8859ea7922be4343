import { Injectable } from '@nestjs/common';
import { Any, ILike, MoreThan } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { containing } from '#libs/platform/database/like-pattern.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Category } from './category.entity.js';

export interface CategoryQuery {
  /** What the name contains, in any case. */
  readonly name?: string | undefined;
  /** The order of the names; left out, newest first. */
  readonly sort?: 'asc' | 'desc' | undefined;
}

@Injectable()
export class CategoriesStore {
  constructor(private readonly db: Database) {}

  async nextId(): Promise<number> {
    const [row] = await this.db.query<{ id: number }>(`select nextval('category_id_seq') as id`);
    return row!.id;
  }

  /** @throws DomainError conflict when a category of the project has the name */
  async insert(category: Category): Promise<void> {
    await uniqueName(() => this.db.manager.insert(Category, category));
  }

  find(projectId: number, ids: readonly number[]): Promise<Category[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.db.manager.findBy(Category, { projectId, id: Any([...ids]) });
  }

  /** Holds the row until the transaction ends: `use` lets others use it as well, `change` nobody. */
  async lock(projectId: number, id: number, to: 'use' | 'change'): Promise<Category | null> {
    return this.db.manager.findOne(Category, {
      where: { projectId, id },
      lock: { mode: to === 'use' ? 'for_key_share' : 'pessimistic_write' },
    });
  }

  async page(
    projectId: number,
    { name, sort }: CategoryQuery,
    { limit, page }: PageNumber,
  ): Promise<NumberedPage<Category>> {
    const [items, total] = await this.db.manager.findAndCount(Category, {
      where: { projectId, ...(name !== undefined && { name: ILike(containing(name)) }) },
      order: sort ? { name: sort } : { createdAt: 'DESC', id: 'DESC' },
      skip: (page - 1) * limit,
      take: limit,
    });
    return { items, total };
  }

  /** Oldest first. */
  async list(projectId: number, { limit, cursor }: PageRequest): Promise<Page<Category>> {
    const after = decodeCursor(cursor, (position): position is [number] => Number.isSafeInteger(position[0]));
    const rows = await this.db.manager.find(Category, {
      where: { projectId, ...(after && { id: MoreThan(after[0]) }) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError conflict when another category of the project has the name */
  async update({ projectId, id, name, updatedAt }: Category): Promise<void> {
    await uniqueName(() => this.db.manager.update(Category, { projectId, id }, { name, updatedAt }));
  }

  /**
   * Takes a category, which the caller holds, off its issues. By table name: issues depend on categories, not the
   * other way round. Issues are held in the order of their ids before any of them is changed.
   */
  async clear(projectId: number, id: number, now: Date): Promise<void> {
    await this.db.query(
      `with held as materialized (
         select id from issue where project_id = $1 and category_id = $2 order by id for no key update
       )
       update issue set category_id = null, updated_at = greatest($3, issue.updated_at + interval '1 millisecond')
       from held where issue.project_id = $1 and issue.id = held.id`,
      [projectId, id, now],
    );
  }

  async remove(projectId: number, id: number): Promise<void> {
    await this.db.manager.delete(Category, { projectId, id });
  }
}

function uniqueName(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('category_name_key', 'category', 'A category of this project has this name.', write);
}
