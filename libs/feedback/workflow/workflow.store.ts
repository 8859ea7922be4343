import { Injectable } from '@nestjs/common';
import { isInstant } from '#libs/platform/clock/instant.js';
import { Database } from '#libs/platform/database/database.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Feedback } from '../feedback.entity.js';
import type { ChangedColumns } from './apply-change.js';
import { FeedbackHistory } from './feedback-history.entity.js';

/** One feedback of one project. */
export interface FeedbackRef {
  readonly projectId: number;
  readonly id: number;
}

@Injectable()
export class WorkflowStore {
  constructor(private readonly db: Database) {}

  /** The row, held until the transaction ends: who comes second sees what the first one wrote. */
  lock({ projectId, id }: FeedbackRef): Promise<Feedback | null> {
    return this.db.manager.findOne(Feedback, {
      where: { projectId, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  find({ projectId, id }: FeedbackRef): Promise<Feedback | null> {
    return this.db.manager.findOneBy(Feedback, { projectId, id });
  }

  async update({ projectId, id }: FeedbackRef, columns: ChangedColumns): Promise<void> {
    await this.db.manager.update(Feedback, { projectId, id }, columns);
  }

  async insertHistory(entries: readonly FeedbackHistory[]): Promise<void> {
    await this.db.manager.insert(FeedbackHistory, [...entries]);
  }

  /** Newest first; the members of one change stand together. */
  async history(
    { projectId, id }: FeedbackRef,
    { limit, cursor }: PageRequest,
  ): Promise<Page<FeedbackHistory>> {
    const after = decodeCursor(
      cursor,
      (position): position is [number, string] =>
        position.length === 2 && isInstant(position[0]) && typeof position[1] === 'string',
    );
    const query = this.db.manager
      .createQueryBuilder(FeedbackHistory, 'entry')
      .where('entry.project_id = :projectId and entry.feedback_id = :id', { projectId, id });
    if (after) {
      query.andWhere('(entry.changed_at, entry.member) < (:time, :member)', {
        time: new Date(after[0]),
        member: after[1],
      });
    }
    const rows = await query
      .orderBy('entry.changed_at', 'DESC')
      .addOrderBy('entry.member', 'DESC')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, ({ changedAt, member }) => [changedAt.getTime(), member]);
  }
}
