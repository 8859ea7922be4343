import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import type { PageNumber } from '#libs/platform/paging/numbered-page.js';
import { Feedback } from '../feedback.entity.js';
import { compileCondition } from './compile-condition.js';
import { compileSort } from './compile-sort.js';
import type { FeedbackQuery, FieldRef } from './feedback-query.js';
import { Parameters } from './parameters.js';
import { searchTooLong } from './search-too-long.js';

/** Where is searched: some channels of one project. */
export interface SearchScope {
  readonly projectId: number;
  readonly channelIds: readonly number[];
}

/** One page of ids, and how many feedbacks match in all. */
export interface FoundIds {
  readonly ids: readonly number[];
  readonly total: number;
}

/** Up to so many matches are collected and sorted by one statement; more are counted and paged by two. */
const FEW = 10_000;

@Injectable()
export class FeedbackSearchStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError invalid (the query), unprocessable (it takes longer than a statement may) */
  async search(
    scope: SearchScope,
    query: FeedbackQuery,
    searchable: readonly FieldRef[],
    paging: PageNumber,
  ): Promise<FoundIds> {
    try {
      const few = await this.collect(scope, query, searchable, paging);
      return few ?? (await this.countAndPage(scope, query, searchable, paging));
    } catch (error) {
      throw searchTooLong(error);
    }
  }

  /** The feedbacks with these ids, in their order. */
  async load({ projectId, channelIds }: SearchScope, ids: readonly number[]): Promise<Feedback[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.manager.findBy(Feedback, {
      projectId,
      channelId: In([...channelIds]),
      id: In([...ids]),
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Undefined when there are more than a few. The matches are looked up once, for the count and for the page. */
  private async collect(
    scope: SearchScope,
    { where, sort }: FeedbackQuery,
    searchable: readonly FieldRef[],
    { limit, page }: PageNumber,
  ): Promise<FoundIds | undefined> {
    const parameters = new Parameters();
    const from = source(scope, where, searchable, parameters);
    const keys = compileSort(sort, parameters);
    const offset = Math.min((page - 1) * limit, FEW);
    const [row] = await this.db.query<{ total: number; ids: number[] }>(
      `with hit as materialized (
         select f.id, ${keys.map(({ sql }, index) => `${sql} as k${index}`).join(', ')} ${from} limit ${FEW + 1}
       )
       select (select count(*) from hit) as total, array(
         select id from hit order by ${keys.map(({ order }, index) => `k${index} ${order}`).join(', ')}
         limit ${parameters.add(limit, 'bigint')} offset ${parameters.add(offset, 'bigint')}
       ) as ids`,
      parameters.values,
    );
    const { total, ids } = row!;
    return total > FEW ? undefined : { total, ids: ids.map(Number) };
  }

  private async countAndPage(
    scope: SearchScope,
    { where, sort }: FeedbackQuery,
    searchable: readonly FieldRef[],
    { limit, page }: PageNumber,
  ): Promise<FoundIds> {
    const counting = new Parameters();
    const [counted] = await this.db.query<{ total: number }>(
      `select count(*) as total ${source(scope, where, searchable, counting)}`,
      counting.values,
    );
    const { total } = counted!;
    const offset = (page - 1) * limit;
    if (offset >= total) return { total, ids: [] };
    const parameters = new Parameters();
    const from = source(scope, where, searchable, parameters);
    const keys = compileSort(sort, parameters);
    const rows = await this.db.query<{ id: number }>(
      `select f.id ${from} order by ${keys.map(({ sql, order }) => `${sql} ${order}`).join(', ')}
       limit ${parameters.add(limit, 'bigint')} offset ${parameters.add(offset, 'bigint')}`,
      parameters.values,
    );
    return { total, ids: rows.map(({ id }) => id) };
  }
}

function source(
  { projectId, channelIds }: SearchScope,
  where: FeedbackQuery['where'],
  searchable: readonly FieldRef[],
  parameters: Parameters,
): string {
  const [only] = channelIds;
  const channel =
    channelIds.length === 1
      ? `= ${parameters.add(only, 'bigint')}`
      : `= any(${parameters.add(channelIds, 'bigint[]')})`;
  return `from feedback f where f.project_id = ${parameters.add(projectId, 'bigint')} and f.channel_id ${channel}
    and ${compileCondition(where, searchable, parameters)}`;
}
