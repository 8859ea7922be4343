import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';

/** The `increment by` of feedback_id_seq. */
const ID_BLOCK = 64;

/** Writes feedback that is in the database already, many rows at a time and without a round trip for each. */
@Injectable()
export class BulkFeedbackStore {
  constructor(private readonly db: Database) {}

  /** First ids of blocks of 64, enough for `count` rows. */
  async takeIds(count: number): Promise<number[]> {
    const rows = await this.db.query<{ first: number }>(
      `select nextval('feedback_id_seq') as first from generate_series(1, $1::int)`,
      [Math.ceil(count / ID_BLOCK)],
    );
    return rows.map(({ first }) => first);
  }

  /** SQL: the id of the row at `place` (from 0) out of the array of blocks at `blocks`. */
  idAt(place: string, blocks: string): string {
    return `(${blocks})[(${place}) / ${ID_BLOCK} + 1] + (${place}) % ${ID_BLOCK}`;
  }

  /**
   * SQL that writes a feedback for each row of `relation`, whose columns are: project_id, id, channel_id, dialect,
   * content, author_name, said_at, now. What was said in the past is stored as of then, so that lists, filters by date
   * and statistics find it where it belongs; `updated_at` tells when it came.
   */
  insertFrom(relation: string): string {
    return `insert into feedback (project_id, id, channel_id, dialect, fields, search_text, author_name,
        submitted_at, created_at, updated_at)
      select project_id, id, channel_id, dialect, jsonb_build_object('content', content), content, author_name,
        said_at, said_at, now from ${relation}`;
  }
}
