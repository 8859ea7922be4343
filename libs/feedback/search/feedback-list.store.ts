import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import { hasTrigram } from '#libs/platform/database/has-trigram.js';
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

/** A row that was looked through, and the how many-eth it was. */
interface Seen extends Hit {
  readonly place: number;
  readonly matches: boolean;
}

type Position = readonly [time: number, id: number];

const NEWEST_FIRST = 'order by f.created_at desc, f.id desc';

/**
 * So many are looked through for a text, newest first, before it is looked up in the index of texts: some 10 ms. What
 * is not found by then is rare, so that looking it up is no great work either. Both costs are about the same with a
 * million rows, and no estimate of how rare a word is decides between them: such an estimate, from a sample, is wrong by
 * half for a word in 1 % of the rows.
 */
const LOOK_THROUGH = 4_000;

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
    const page = toPage(hits, limit, positionOf);
    return { items: await this.load(page.items), next: page.next };
  }

  private async newest(scope: ListScope, where: Condition, limit: number, after?: Position): Promise<Hit[]> {
    if (!asksForText(where)) return this.inOrder(scope, where, limit, after);
    const seen = await this.lookThrough(scope, where, limit, after);
    const hits = seen.filter(({ matches }) => matches);
    const last = seen.at(-1);
    if (hits.length === limit || last?.place !== LOOK_THROUGH) return hits;
    return [...hits, ...(await this.lookUp(scope, where, limit - hits.length, positionOf(last)))];
  }

  /**
   * Each project by its own index, and of them all no more than is needed: PostgreSQL merges lists that are in order as
   * it reads them. Each project stands in the statement by itself, so that its own share of what is asked for decides
   * how it is read.
   */
  private inOrder(scope: ListScope, where: Condition, limit: number, after?: Position): Promise<Hit[]> {
    const parameters = new Parameters();
    const conditions = conditionsOf(scope, where, after, parameters);
    const most = parameters.add(limit, 'bigint');
    const lists = scope.projectIds.map(
      (projectId) => `(select f.project_id, f.id, f.created_at from feedback f
         where f.project_id = ${parameters.add(projectId, 'bigint')} and ${conditions}
         ${NEWEST_FIRST} limit ${most})`,
    );
    return this.db.query(
      `select * from (${lists.join(' union all ')}) f ${NEWEST_FIRST} limit ${most}`,
      parameters.values,
    );
  }

  /**
   * What matches of the newest, as far as an index has them in order; and the last that was looked at, when there may be
   * more behind it. Lists that are merged stop with the page, or where the look ends.
   */
  private lookThrough(scope: ListScope, where: Condition, limit: number, after?: Position): Promise<Seen[]> {
    const { inOrder, others } = byOrder(where);
    const parameters = new Parameters();
    const conditions = conditionsOf(scope, inOrder, after, parameters);
    const matches = compileCondition(others, [], parameters);
    const end = parameters.add(LOOK_THROUGH, 'bigint');
    const lists = scope.projectIds.map(
      (projectId) => `(select f.project_id, f.id, f.created_at, ${matches} as matches from feedback f
         where f.project_id = ${parameters.add(projectId, 'bigint')} and ${conditions}
         ${NEWEST_FIRST} limit ${end})`,
    );
    return this.db.query(
      `select * from (
         select f.*, row_number() over (${NEWEST_FIRST}) as place
         from (select * from (${lists.join(' union all ')}) f ${NEWEST_FIRST} limit ${end}) f
       ) f where f.matches or f.place = ${end} ${NEWEST_FIRST} limit ${parameters.add(limit, 'bigint')}`,
      parameters.values,
    );
  }

  /** Everything that matches, then in order: for what is so rare that a walk in order would hardly meet it. */
  private lookUp(scope: ListScope, where: Condition, limit: number, after: Position): Promise<Hit[]> {
    const parameters = new Parameters();
    const [only] = scope.projectIds;
    const project =
      scope.projectIds.length === 1
        ? `= ${parameters.add(only, 'bigint')}`
        : `= any(${parameters.add(scope.projectIds, 'bigint[]')})`;
    return this.db.query(
      `with f as materialized (
         select f.project_id, f.id, f.created_at from feedback f
         where f.project_id ${project} and ${conditionsOf(scope, where, after, parameters)}
       )
       select * from f ${NEWEST_FIRST} limit ${parameters.add(limit, 'bigint')}`,
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

function positionOf(hit: Hit): Position {
  return [hit.created_at.getTime(), hit.id];
}

/** Whether it asks for a text that the index of texts can look up. */
function asksForText(where: Condition): boolean {
  return partsOf(where).some((part) => part.kind === 'written' && hasTrigram(part.text));
}

/** What lists in order can go by, and the rest of a condition. */
function byOrder(where: Condition): Record<'inOrder' | 'others', Condition> {
  const { inOrder = [], others = [] } = Object.groupBy(partsOf(where), hasOrder);
  return { inOrder: { kind: 'all', of: inOrder }, others: { kind: 'all', of: others } };
}

function partsOf(where: Condition): readonly Condition[] {
  return where.kind === 'all' ? where.of : [where];
}

/** Values of columns stand in an index in the order of time; texts, labels, issues and authors do not. */
function hasOrder(part: Condition): 'inOrder' | 'others' {
  if (part.kind === 'any') return part.of.every((one) => hasOrder(one) === 'inOrder') ? 'inOrder' : 'others';
  return part.kind === 'equals' || part.kind === 'absent' || part.kind === 'range' ? 'inOrder' : 'others';
}

function conditionsOf(
  { channelId }: ListScope,
  where: Condition,
  after: Position | undefined,
  parameters: Parameters,
): string {
  const conditions = [compileCondition(where, [], parameters)];
  if (channelId !== undefined) conditions.push(`f.channel_id = ${parameters.add(channelId, 'bigint')}`);
  if (after) {
    const time = parameters.add(new Date(after[0]).toISOString(), 'timestamptz');
    conditions.push(`(f.created_at, f.id) < (${time}, ${parameters.add(after[1], 'bigint')})`);
  }
  return conditions.join(' and ');
}
