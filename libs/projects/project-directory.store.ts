import { Injectable } from '@nestjs/common';
import { ILike, IsNull, Not } from 'typeorm';
import { containing } from '#libs/platform/database/like-pattern.js';
import { Database } from '#libs/platform/database/database.js';
import { type NumberedPage, type PageNumber, offsetOf } from '#libs/platform/paging/numbered-page.js';
import { Project } from './project.entity.js';

/** All of them, or those that take writes, or those that do not. */
export type ProjectStateFilter = 'all' | 'active' | 'archived';

@Injectable()
export class ProjectDirectoryStore {
  constructor(private readonly db: Database) {}

  async page(
    accountId: string,
    state: ProjectStateFilter,
    request: PageNumber,
  ): Promise<NumberedPage<Project>> {
    const where = { accountId, ...inState(state) };
    const [items, count] = await Promise.all([
      this.db.manager.find(Project, {
        where,
        order: { id: 'DESC' },
        skip: offsetOf(request),
        take: request.limit,
      }),
      this.db.manager.countBy(Project, where),
    ]);
    return { items, total: count };
  }

  /** Those whose name holds the text, or whose id it is. */
  search(accountId: string, state: ProjectStateFilter, text: string, limit: number): Promise<Project[]> {
    const base = { accountId, ...inState(state) };
    const id = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    return this.db.manager.find(Project, {
      where: [{ ...base, name: ILike(containing(text)) }, ...(id === undefined ? [] : [{ ...base, id }])],
      order: { id: 'DESC' },
      take: limit,
    });
  }
}

function inState(state: ProjectStateFilter) {
  switch (state) {
    case 'active':
      return { archivedAt: IsNull() };
    case 'archived':
      return { archivedAt: Not(IsNull()) };
    case 'all':
      return {};
  }
}
