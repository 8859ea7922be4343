import { Injectable } from '@nestjs/common';
import { Any, type SelectQueryBuilder } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { hasTrigram } from '#libs/platform/database/has-trigram.js';
import { containing } from '#libs/platform/database/like-pattern.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import {
  decodeCursor,
  isTimeAndId,
  type Page,
  type PageRequest,
  toPage,
} from '#libs/platform/paging/page.js';
import type { IssueFilter, IssueOrder, IssueQuery, IssueText } from './issue-query.js';
import { Issue } from './issue.entity.js';

/** What may be asked for and sorted by, in SQL: names of members never become text of a statement. */
const COLUMNS: Readonly<Record<IssueOrder, string>> = {
  id: 'issue.id',
  name: 'issue.name',
  description: 'issue.description',
  status: 'issue.status',
  externalIssueId: 'issue.external_issue_id',
  feedbackCount: 'issue.feedback_count',
  createdAt: 'issue.created_at',
  updatedAt: 'issue.updated_at',
};

/** What issue_search_idx is on, word for word. */
const SEARCHED = `(issue.name || E'\\n' || coalesce(issue.description, '') || E'\\n' || coalesce(issue.external_issue_id, ''))`;

const INDEXED: ReadonlySet<IssueText> = new Set(['name', 'description', 'externalIssueId']);

const NEWEST_FIRST = [
  { by: 'createdAt', direction: 'desc' },
  { by: 'id', direction: 'desc' },
] as const;

/** Those that may have no value; said of the others, it would keep the index of the list from being used. */
const LATE: Readonly<Partial<Record<IssueOrder, 'NULLS LAST'>>> = {
  description: 'NULLS LAST',
  externalIssueId: 'NULLS LAST',
};

@Injectable()
export class IssuesStore {
  constructor(private readonly db: Database) {}

  async nextId(): Promise<number> {
    const [row] = await this.db.query<{ id: number }>(`select nextval('issue_id_seq') as id`);
    return row!.id;
  }

  /** @throws DomainError conflict when an issue of the project has the name */
  async insert(issue: Issue): Promise<void> {
    await uniqueName(() => this.db.manager.insert(Issue, issue));
  }

  /** In the order of their ids. */
  find(projectId: number, ids: readonly number[]): Promise<Issue[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.db.manager.find(Issue, { where: { projectId, id: Any([...ids]) }, order: { id: 'ASC' } });
  }

  /** Holds the row until the transaction ends. */
  lock(projectId: number, id: number): Promise<Issue | null> {
    return this.db.manager.findOne(Issue, { where: { projectId, id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Holds the rows that are there, in the order of their ids, as whoever removes them must. @returns their ids */
  async lockMany(projectId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.db.query<{ id: number }>(
      'select id from issue where project_id = $1 and id = any ($2::bigint[]) order by id for update',
      [projectId, ids],
    );
    return rows.map(({ id }) => id);
  }

  async page(
    projectId: number,
    { sort = [], ...filter }: IssueQuery,
    { limit, page }: PageNumber,
  ): Promise<NumberedPage<Issue>> {
    const query = this.matching(projectId, filter);
    const total = await query.getCount();
    const offset = (page - 1) * limit;
    if (offset >= total) return { items: [], total };
    ordered(query, sort);
    const items = await query.offset(offset).limit(limit).getMany();
    return { items, total };
  }

  /** Newest first. */
  async list(projectId: number, filter: IssueFilter, { limit, cursor }: PageRequest): Promise<Page<Issue>> {
    const after = decodeCursor(cursor, isTimeAndId);
    const query = this.matching(projectId, filter);
    if (after) {
      query.andWhere('(issue.created_at, issue.id) < (:time, :lastId)', {
        time: new Date(after[0]),
        lastId: after[1],
      });
    }
    const rows = await ordered(query)
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, ({ createdAt, id }) => [createdAt.getTime(), id]);
  }

  /** @throws DomainError conflict when another issue of the project has the name */
  async update({ projectId, id, ...issue }: Issue): Promise<void> {
    const { name, description, status, externalIssueId, categoryId, updatedAt } = issue;
    await uniqueName(() =>
      this.db.manager.update(
        Issue,
        { projectId, id },
        { name, description, status, externalIssueId, categoryId, updatedAt },
      ),
    );
  }

  async remove(projectId: number, ids: readonly number[]): Promise<void> {
    await this.db.manager.delete(Issue, { projectId, id: Any([...ids]) });
  }

  private matching(projectId: number, filter: IssueFilter): SelectQueryBuilder<Issue> {
    const query = this.db.manager.createQueryBuilder(Issue, 'issue').where({ projectId });
    const { searchText, id, statuses, categoryId, contains = {} } = filter;
    if (searchText !== undefined) {
      const byText = withIndex(
        searchText,
        '(issue.name ilike :search or issue.description ilike :search or issue.external_issue_id ilike :search)',
        ':search',
      );
      const searchId = leadingId(searchText);
      query.andWhere(searchId === undefined ? byText : `(${byText} or issue.id = :searchId)`, {
        search: containing(searchText),
        searchId,
      });
    }
    if (id !== undefined) query.andWhere('issue.id = :id', { id });
    if (statuses !== undefined) query.andWhere('issue.status = any (:statuses)', { statuses });
    if (categoryId === null) query.andWhere('issue.category_id is null');
    else if (categoryId !== undefined) query.andWhere('issue.category_id = :categoryId', { categoryId });
    for (const [member, text] of Object.entries(contains) as [IssueText, string][]) {
      const byText = `(${COLUMNS[member]})::text ilike :${member}`;
      query.andWhere(INDEXED.has(member) ? withIndex(text, byText, `:${member}`) : byText, {
        [member]: containing(text),
      });
    }
    for (const member of ['createdAt', 'updatedAt'] as const) {
      const { from, before } = filter[member] ?? {};
      if (from) query.andWhere(`${COLUMNS[member]} >= :${member}From`, { [`${member}From`]: from });
      if (before) query.andWhere(`${COLUMNS[member]} < :${member}Before`, { [`${member}Before`]: before });
    }
    return query;
  }
}

/** In this order, and newest first between equals; what has no value comes last. */
function ordered(
  query: SelectQueryBuilder<Issue>,
  sort: NonNullable<IssueQuery['sort']> = [],
): SelectQueryBuilder<Issue> {
  const given = new Set<IssueOrder>();
  for (const { by, direction } of [...sort, ...NEWEST_FIRST]) {
    // Of a column that comes twice the first counts; the builder would take the last.
    if (given.has(by)) continue;
    given.add(by);
    query.addOrderBy(COLUMNS[by], direction === 'asc' ? 'ASC' : 'DESC', LATE[by]);
  }
  return query;
}

/** The same condition, with the index that can narrow it down if the text has what the index can look up. */
function withIndex(text: string, condition: string, pattern: string): string {
  return hasTrigram(text) ? `(${SEARCHED} ilike ${pattern} and ${condition})` : condition;
}

/** The id that a text starts with; undefined when it starts with none, or with one that no issue can have. */
function leadingId(text: string): number | undefined {
  const id = Number.parseInt(text, 10);
  return Number.isSafeInteger(id) ? id : undefined;
}

function uniqueName(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('issue_name_key', 'issue', 'An issue of this project has this name.', write);
}
