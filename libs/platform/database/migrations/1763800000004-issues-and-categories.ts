import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Categories, issues, and which feedback is about which issue. */
export class IssuesAndCategories1763800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create sequence category_id_seq as bigint;
create table category (
  project_id bigint not null constraint category_project_fkey references project (id) on delete cascade,
  id bigint not null,
  name varchar(255) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint category_pkey primary key (project_id, id),
  constraint category_name_key unique (project_id, name)
);

create sequence issue_id_seq as bigint;
create table issue (
  project_id bigint not null constraint issue_project_fkey references project (id) on delete cascade,
  id bigint not null,
  name varchar(30) not null,
  description varchar(50),
  status varchar(20) not null constraint issue_status_check
    check (status in ('INIT', 'ON_REVIEW', 'IN_PROGRESS', 'RESOLVED', 'PENDING')),
  external_issue_id varchar(255),
  category_id bigint,
  feedback_count bigint not null constraint issue_feedback_count_check check (feedback_count >= 0),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint issue_pkey primary key (project_id, id),
  constraint issue_name_key unique (project_id, name),
  constraint issue_category_fkey foreign key (project_id, category_id) references category (project_id, id)
)
-- Counts change all the time: with room in the page, and no index on what changes, that costs no index anything.
with (fillfactor = 70);
create index issue_list_idx on issue (project_id, created_at, id);
create index issue_category_idx on issue (project_id, category_id, id) where category_id is not null;
-- What people search, in one expression: links and counts do not change it, so that the index costs them nothing.
create index issue_search_idx on issue using gin (
  (name || E'\\n' || coalesce(description, '') || E'\\n' || coalesce(external_issue_id, '')) gin_trgm_ops
) with (gin_pending_list_limit = 1024);

create table feedback_issue (
  project_id bigint not null,
  feedback_id bigint not null,
  issue_id bigint not null,
  created_at timestamptz(3) not null,
  constraint feedback_issue_pkey primary key (project_id, feedback_id, issue_id),
  constraint feedback_issue_feedback_fkey foreign key (project_id, feedback_id)
    references feedback (project_id, id) on delete cascade,
  constraint feedback_issue_issue_fkey foreign key (project_id, issue_id)
    references issue (project_id, id) on delete cascade
);
create index feedback_issue_issue_idx on feedback_issue (project_id, issue_id, feedback_id);
`;

const DOWN = `
drop table feedback_issue, issue, category;
drop sequence issue_id_seq, category_id_seq;
`;
