import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import {
  decodeCursor,
  isTimeAndId,
  type Page,
  type PageRequest,
  toPage,
} from '#libs/platform/paging/page.js';
import { Feedback } from '../feedback.entity.js';
import { compileCondition } from './compile-condition.js';
import type { Condition } from './feedback-query.js';
import { Parameters } from './parameters.js';
import { searchTooLong } from './search-too-long.js';

/** Where is looked: whole projects, or one channel of one. */
export interface ListScope {
  readonly projectIds: readonly number[];
  readonly channelId?: number | undefined;
}

interface Hit {
  readonly project_id: number;
  readonly id: number;
  readonly created_at: Date;
}

/** Lists over the channels and public APIs of an account, newest first, by cursor. */
@Injectable()
export class FeedbackListStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError invalid (cursor, condition), unprocessable (it takes longer than a statement may) */
  async page(
    { projectIds, channelId }: ListScope,
    where: Condition,
    { limit, cursor }: PageRequest,
  ): Promise<Page<Feedback>> {
    const after = decodeCursor(cursor, isTimeAndId);
    if (projectIds.length === 0) return { items: [], next: null };
    const hits = await this.newest({ projectIds, channelId }, where, limit + 1, after).catch(
      (error: unknown) => {
        throw searchTooLong(error);
      },
    );
    const page = toPage(hits, limit, (hit) => [hit.created_at.getTime(), hit.id]);
    return { items: await this.load(page.items), next: page.next };
  }

  /**
   * Each project by its own index, and of them all no more than is needed: PostgreSQL merges lists that are in order as
   * it reads them. Each project stands in the statement by itself, so that its own share of what is asked for decides
   * how it is read.
   */
  private newest(
    { projectIds, channelId }: ListScope,
    where: Condition,
    limit: number,
    after: readonly [time: number, id: number] | undefined,
  ): Promise<Hit[]> {
    const parameters = new Parameters();
    const conditions = [compileCondition(where, [], parameters)];
    if (channelId !== undefined) conditions.push(`f.channel_id = ${parameters.add(channelId, 'bigint')}`);
    if (after) {
      const time = parameters.add(new Date(after[0]).toISOString(), 'timestamptz');
      conditions.push(`(f.created_at, f.id) < (${time}, ${parameters.add(after[1], 'bigint')})`);
    }
    const most = parameters.add(limit, 'bigint');
    const lists = projectIds.map(
      (projectId) => `(select f.project_id, f.id, f.created_at from feedback f
         where f.project_id = ${parameters.add(projectId, 'bigint')} and ${conditions.join(' and ')}
         order by f.created_at desc, f.id desc limit ${most})`,
    );
    return this.db.query<Hit>(
      `select * from (${lists.join(' union all ')}) hit order by created_at desc, id desc limit ${most}`,
      parameters.values,
    );
  }

  /** Which of these projects has which of these feedbacks. */
  projectsOf(
    projectIds: readonly number[],
    ids: readonly number[],
  ): Promise<{ projectId: number; id: number }[]> {
    return this.db.query(
      `select project_id as "projectId", id from feedback
       where project_id = any($1::bigint[]) and id = any($2::bigint[])`,
      [projectIds, ids],
    );
  }

  /** In the order of the hits. */
  private async load(hits: readonly Hit[]): Promise<Feedback[]> {
    if (hits.length === 0) return [];
    const rows = await this.db.manager.findBy(
      Feedback,
      [...Map.groupBy(hits, (hit) => hit.project_id)].map(([projectId, some]) => ({
        projectId,
        id: In(some.map(({ id }) => id)),
      })),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return hits.flatMap(({ id }) => byId.get(id) ?? []);
  }
}
