import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#libs/platform/database/database.js';
import { IdBlocks } from '#libs/platform/ids/id-blocks.js';
import {
  decodeCursor,
  isTimeAndId,
  type Page,
  type PageRequest,
  toPage,
} from '#libs/platform/paging/page.js';
import { Feedback } from './feedback.entity.js';

/** The part of the store that a credential reaches. */
export interface ChannelRef {
  readonly projectId: number;
  readonly channelId: number;
}

/** The `increment by` of feedback_id_seq. */
const ID_BLOCK = 64;

@Injectable()
export class FeedbackStore {
  private readonly ids: IdBlocks;

  constructor(private readonly db: Database) {
    this.ids = new IdBlocks(db, 'feedback_id_seq', ID_BLOCK);
  }

  nextId(): Promise<number> {
    return this.ids.take();
  }

  /** The statement that writes all rows. */
  insertMany(rows: readonly Feedback[]): Statement {
    return {
      text: 'insert into feedback select * from jsonb_populate_recordset(null::feedback, $1::jsonb)',
      values: [JSON.stringify(rows.map(toRecord))],
    };
  }

  find({ projectId, channelId }: ChannelRef, id: number): Promise<Feedback | null> {
    return this.db.manager.findOneBy(Feedback, { projectId, channelId, id });
  }

  /** Holds the row until the transaction ends; false when there is none. */
  async lock({ projectId, channelId }: ChannelRef, id: number): Promise<boolean> {
    const rows = await this.db.query(
      'select 1 from feedback where project_id = $1 and id = $2 and channel_id = $3 for update',
      [projectId, id, channelId],
    );
    return rows.length > 0;
  }

  /** Newest first. */
  async page({ projectId, channelId }: ChannelRef, { limit, cursor }: PageRequest): Promise<Page<Feedback>> {
    const after = decodeCursor(cursor, isTimeAndId);
    const query = this.db.manager
      .createQueryBuilder(Feedback, 'feedback')
      .where('feedback.project_id = :projectId and feedback.channel_id = :channelId', {
        projectId,
        channelId,
      });
    if (after) {
      query.andWhere('(feedback.created_at, feedback.id) < (:time, :id)', {
        time: new Date(after[0]),
        id: after[1],
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

/** The row under the names of its columns. */
function toRecord(feedback: Feedback): Record<string, unknown> {
  return {
    project_id: feedback.projectId,
    id: feedback.id,
    channel_id: feedback.channelId,
    dialect: feedback.dialect,
    fields: feedback.fields,
    search_text: feedback.searchText,
    author_id: feedback.authorId,
    author_name: feedback.authorName,
    author_email: feedback.authorEmail,
    author_email_normalized: feedback.authorEmailNormalized,
    contact_consent: feedback.contactConsent,
    sentiment: feedback.sentiment,
    scope_type: feedback.scopeType,
    scope_id: feedback.scopeId,
    type: feedback.type,
    target_context: feedback.targetContext,
    target_user_id: feedback.targetUserId,
    status: feedback.status,
    severity: feedback.severity,
    labels: feedback.labels,
    category: feedback.category,
    assignee_id: feedback.assigneeId,
    resolution_note: feedback.resolutionNote,
    acknowledged_at: feedback.acknowledgedAt,
    resolved_at: feedback.resolvedAt,
    submitted_at: feedback.submittedAt,
    created_at: feedback.createdAt,
    updated_at: feedback.updatedAt,
  };
}
