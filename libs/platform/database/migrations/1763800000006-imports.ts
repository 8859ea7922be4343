import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources that others push rows into, the pushes, and what the worker needs to move each row once. */
export class Imports1763800000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table import_error, import_row, import_staged, import, source');
  }
}

const UP = `
create table source (
  id uuid constraint source_pkey primary key,
  account_id uuid not null constraint source_account_fkey references account (id) on delete cascade,
  project_id bigint not null,
  channel_id bigint not null,
  title varchar(50) not null,
  time_zone varchar(64) not null,
  sensitivity varchar(20) not null constraint source_sensitivity_check
    check (sensitivity in ('none', 'mask', 'drop-name')),
  enabled boolean not null,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint source_channel_fkey foreign key (project_id, channel_id)
    references channel (project_id, id) on delete restrict
);
create index source_list_idx on source (account_id, id);
create index source_channel_idx on source (project_id, channel_id);

create table import (
  project_id bigint not null,
  id uuid not null,
  source_id uuid not null constraint import_source_fkey references source (id) on delete restrict,
  credential_id uuid not null,
  state varchar(30) not null constraint import_state_check
    check (state in ('queued', 'running', 'completed', 'completed_with_errors', 'failed')),
  received integer not null,
  imported integer not null,
  duplicates integer not null,
  rejected integer not null,
  masked integer not null,
  -- The number of the first staged row that was not moved yet.
  next_row integer not null,
  -- Tries that failed since the last row that moved.
  failures integer not null,
  error varchar(500),
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  constraint import_pkey primary key (project_id, id)
);
create index import_list_idx on import (project_id, source_id, id);
create index import_unfinished_idx on import (created_at) where state in ('queued', 'running');

-- Rows on their way. No foreign key: it would be checked for each of 100,000 rows, and the chunk that moves a row
-- deletes it here.
create table import_staged (
  project_id bigint not null,
  import_id uuid not null,
  number integer not null,
  key bytea not null,
  original_date varchar(19) not null,
  said_at timestamptz(3) not null,
  name varchar(255),
  content text not null,
  constraint import_staged_pkey primary key (project_id, import_id, number)
);

-- One for each row that a source ever brought: the primary key is what makes an import happen once. No foreign keys,
-- as above; a row outlives its feedback, so that what was erased does not come back when it is sent again.
create table import_row (
  project_id bigint not null,
  source_id uuid not null,
  key bytea not null,
  import_id uuid not null,
  feedback_id bigint not null,
  original_date varchar(19) not null,
  constraint import_row_pkey primary key (project_id, source_id, key)
);

create table import_error (
  project_id bigint not null,
  import_id uuid not null,
  number integer not null,
  field varchar(20) not null,
  message varchar(500) not null,
  constraint import_error_pkey primary key (project_id, import_id, number, field),
  constraint import_error_import_fkey foreign key (project_id, import_id)
    references import (project_id, id) on delete cascade
);
`;
