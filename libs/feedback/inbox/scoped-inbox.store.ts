import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import {
  decodeCursor,
  isTimeAndId,
  type Page,
  type PageRequest,
  toPage,
} from '#libs/platform/paging/page.js';
import type { Scope } from '#libs/scopes/scope.js';
import { Feedback } from '../feedback.entity.js';
import type { FeedbackStatus } from '../workflow/feedback-status.js';
import { ScopedInbox } from './scoped-inbox.entity.js';

@Injectable()
export class ScopedInboxStore {
  constructor(private readonly db: Database) {}

  find(accountId: string): Promise<ScopedInbox | null> {
    return this.db.manager.findOneBy(ScopedInbox, { accountId });
  }

  /** Lets one transaction at a time make an account's inbox. */
  async lockAccount(accountId: string): Promise<void> {
    // Weaker than `for update`: whoever refers to the account meanwhile does not wait.
    await this.db.query('select 1 from account where id = $1 for no key update', [accountId]);
  }

  async insert(inbox: ScopedInbox): Promise<void> {
    await this.db.manager.insert(ScopedInbox, inbox);
  }

  /** A feedback with a scope. */
  async feedback(projectId: number, id: number): Promise<Feedback | null> {
    const found = await this.db.manager.findOneBy(Feedback, { projectId, id });
    return found?.scopeType ? found : null;
  }

  /** One scope, or one status of it, newest first. */
  async page(
    projectId: number,
    scope: Scope,
    status: FeedbackStatus | undefined,
    { limit, cursor }: PageRequest,
  ): Promise<Page<Feedback>> {
    const after = decodeCursor(cursor, isTimeAndId);
    const query = this.db.manager
      .createQueryBuilder(Feedback, 'feedback')
      .where('feedback.project_id = :projectId and feedback.scope_type = :type', {
        projectId,
        type: scope.type,
      })
      .andWhere(scope.id === null ? 'feedback.scope_id is null' : 'feedback.scope_id = :id', {
        id: scope.id,
      });
    if (status) query.andWhere('feedback.status = :status', { status });
    if (after) {
      query.andWhere('(feedback.created_at, feedback.id) < (:time, :last)', {
        time: new Date(after[0]),
        last: after[1],
      });
    }
    const rows = await query
      .orderBy('feedback.created_at', 'DESC')
      .addOrderBy('feedback.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, ({ createdAt, id }) => [createdAt.getTime(), id]);
  }
}
