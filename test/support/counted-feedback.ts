import type { AdminClient } from './admin.js';
import type { SeededAccount } from './seed.js';
import type { TestApp } from './test-app.js';

/** A row that counts; `at` is an instant. */
export interface CountedRow {
  readonly at: string;
  readonly dialect: string;
  readonly status: string | null;
  readonly sentiment: number | null;
  readonly labels: readonly string[] | null;
}

export interface CountedChannel {
  readonly projectId: number;
  readonly channelId: number;
}

/**
 * Feedback that is written row by row, so that a test says when each came. Whoever changes, removes or links rows holds
 * them first, in the order of their ids, as the product does: statements that meet take turns.
 */
export class CountedFeedback {
  private nextId = 1_000_000;

  constructor(
    private readonly app: TestApp,
    private readonly admin: AdminClient,
    private readonly account: SeededAccount,
  ) {}

  /** A channel in a project of its own. */
  async channel(timeZone = 'UTC'): Promise<CountedChannel> {
    const { projectId, channelId } = await this.app.seed.client({ account: this.account });
    await this.admin.json('PATCH', `/api/admin/projects/${projectId}`, { timeZone });
    return { projectId, channelId };
  }

  async insert({ projectId, channelId }: CountedChannel, rows: readonly CountedRow[]): Promise<void> {
    await this.app.query(
      `insert into feedback (project_id, channel_id, id, dialect, fields, search_text, status, sentiment, labels,
         submitted_at, created_at, updated_at)
       select $1, $2, r.id, r.dialect, '{}', '', r.status, r.sentiment, r.labels, r.at, r.at, r.at
       from jsonb_to_recordset($3) as r(id bigint, dialect text, status text, sentiment int, labels varchar[],
         at timestamptz)`,
      [projectId, channelId, JSON.stringify(rows.map((row) => ({ ...row, id: this.nextId++ })))],
    );
  }

  /** Links what has no link to the issue of its number: every second feedback to 1, every third to 2. */
  async link(projectId: number): Promise<void> {
    await this.app.query(
      `insert into issue (project_id, id, name, status, feedback_count, created_at, updated_at)
       select $1, i, 'Issue ' || i, 'INIT', 0, now(), now() from generate_series(1, 2) i on conflict do nothing`,
      [projectId],
    );
    await this.app.query(
      `with held as (
         select * from feedback where project_id = $1 order by id for key share
       )
       insert into feedback_issue (project_id, feedback_id, issue_id, channel_id, feedback_created_at, created_at)
       select f.project_id, f.id, i, f.channel_id, f.created_at, now() from held f, generate_series(1, 2) i
       where f.id % (i + 1) = 0 order by f.id, i on conflict do nothing`,
      [projectId],
    );
  }

  /** Changes every third feedback. */
  async change(projectId: number, { dialect, status, sentiment, labels }: CountedRow): Promise<void> {
    await this.app.query(
      `with held as (
         select id from feedback where project_id = $1 and id % 3 = 0 order by id for no key update
       )
       update feedback f set dialect = $2, status = $3, sentiment = $4, labels = $5
       from held where f.project_id = $1 and f.id = held.id`,
      [projectId, dialect, status, sentiment, labels],
    );
  }

  /** Removes every third feedback, and its links with it. */
  async remove(projectId: number): Promise<void> {
    await this.app.query(
      `with held as (
         select id from feedback where project_id = $1 and id % 3 = 0 order by id for update
       )
       delete from feedback f using held where f.project_id = $1 and f.id = held.id`,
      [projectId],
    );
  }
}
