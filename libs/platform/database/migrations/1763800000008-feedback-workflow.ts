import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How feedback is handled: what it is about, the list of one scope, who changed what, and each account's inbox. */
export class FeedbackWorkflow1763800000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
alter table feedback
  add column type varchar(20),
  add column target_context varchar(255),
  add column target_user_id varchar(128);

-- One scope, newest first; the second for one status of it. Feedback without a scope costs neither of them anything.
create index feedback_scope_idx on feedback (project_id, scope_type, scope_id, created_at, id)
  where scope_type is not null;
create index feedback_scope_status_idx on feedback (project_id, scope_type, scope_id, status, created_at, id)
  where scope_type is not null;

create table feedback_history (
  project_id bigint not null,
  feedback_id bigint not null,
  -- The feedback's updated_at after the change: never the same twice for one feedback.
  changed_at timestamptz(3) not null,
  member varchar(30) not null,
  -- Enumerations and ids; null for what people write, which lives in feedback alone.
  from_value varchar(128),
  to_value varchar(128),
  actor_kind varchar(20) not null,
  actor_id varchar(128),
  constraint feedback_history_pkey primary key (project_id, feedback_id, changed_at, member),
  constraint feedback_history_feedback_fkey foreign key (project_id, feedback_id)
    references feedback (project_id, id) on delete cascade
);

create table scoped_inbox (
  account_id uuid constraint scoped_inbox_pkey primary key
    constraint scoped_inbox_account_fkey references account (id) on delete cascade,
  project_id bigint not null,
  channel_id bigint not null,
  created_at timestamptz(3) not null,
  constraint scoped_inbox_channel_key unique (project_id, channel_id),
  constraint scoped_inbox_channel_fkey foreign key (project_id, channel_id)
    references channel (project_id, id) on delete cascade
);
`;

const DOWN = `
drop table scoped_inbox, feedback_history;
drop index feedback_scope_idx, feedback_scope_status_idx;
alter table feedback drop column type, drop column target_context, drop column target_user_id;
`;
