import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lists of a whole project's feedback go by, newest first: all of it, or what has one value in one respect. */
export class InboxIndexes1763800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create index feedback_project_idx on feedback (project_id, created_at, id);
create index feedback_dialect_idx on feedback (project_id, dialect, created_at, id);
-- What nobody has looked at is open.
create index feedback_stage_idx on feedback (project_id, coalesce(status, 'OPEN'), created_at, id);
-- Feedback that nobody has triaged costs these nothing.
create index feedback_sentiment_idx on feedback (project_id, sentiment, created_at, id) where sentiment is not null;
create index feedback_severity_idx on feedback (project_id, severity, created_at, id) where severity is not null;
create index feedback_assignee_idx on feedback (project_id, assignee_id, created_at, id)
  where assignee_id is not null;
create index feedback_category_idx on feedback (project_id, category, created_at, id) where category is not null;
create index feedback_labels_idx on feedback using gin (labels) with (gin_pending_list_limit = 1024)
  where labels is not null;
`;

const DOWN = `
drop index feedback_labels_idx, feedback_category_idx, feedback_assignee_idx, feedback_severity_idx,
  feedback_sentiment_idx, feedback_stage_idx, feedback_dialect_idx, feedback_project_idx;
`;
