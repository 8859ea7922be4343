import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Content sets with their contents, the feelbacks that people give to them, and the counts of those. */
export class ContentSetsAndFeelbacks1763800000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table feelback_rollup, feelback, content, content_set');
  }
}

const UP = `
create table content_set (
  project_id bigint not null constraint content_set_project_fkey references project (id) on delete cascade,
  id uuid not null,
  account_id uuid not null constraint content_set_account_fkey references account (id) on delete cascade,
  key varchar(30) not null,
  name varchar(255) not null,
  description varchar(2000),
  state varchar(10) not null constraint content_set_state_check check (state in ('active', 'inactive', 'archived')),
  schema varchar(20) not null,
  config jsonb not null,
  -- Values in the order in which they came in, where the configuration names none.
  discovered varchar(64)[] not null,
  auto_content boolean not null,
  public_aggregates boolean not null,
  revoke_window_seconds integer not null,
  max_contents integer not null,
  -- Kept with the contents, so that the cap costs no count.
  content_count integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint content_set_pkey primary key (project_id, id)
);
create unique index content_set_key_key on content_set (project_id, key);
create index content_set_list_idx on content_set (account_id, id);

create table content (
  project_id bigint not null,
  id uuid not null,
  content_set_id uuid not null,
  key varchar(1024) not null,
  key_digest bytea not null,
  title varchar(500),
  description varchar(2000),
  url varchar(2048),
  search_text text not null,
  state varchar(10) not null constraint content_state_check check (state in ('active', 'inactive', 'archived')),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint content_pkey primary key (project_id, id),
  constraint content_content_set_fkey foreign key (project_id, content_set_id)
    references content_set (project_id, id) on delete cascade
);
create unique index content_key_key on content (project_id, content_set_id, key_digest);
create index content_list_idx on content (project_id, content_set_id, state, id);
create index content_search_idx on content using gin (search_text gin_trgm_ops) with (gin_pending_list_limit = 1024);

create table feelback (
  project_id bigint not null,
  id uuid not null,
  content_set_id uuid not null,
  content_id uuid not null,
  value jsonb not null,
  bucket smallint not null,
  context jsonb,
  profiling jsonb,
  revoke_digest bytea,
  revocable_until timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  constraint feelback_pkey primary key (project_id, id),
  constraint feelback_content_fkey foreign key (project_id, content_id)
    references content (project_id, id) on delete cascade
);
create index feelback_set_idx on feelback (project_id, content_set_id, id) where revoked_at is null;
create index feelback_content_idx on feelback (project_id, content_id, id) where revoked_at is null;
create index feelback_revoked_set_idx on feelback (project_id, content_set_id, id) where revoked_at is not null;
create index feelback_revoked_content_idx on feelback (project_id, content_id, id) where revoked_at is not null;

-- Rows are rewritten in place over and over: half of each page is left free for that.
create table feelback_rollup (
  project_id bigint not null,
  scope_id uuid not null,
  grain varchar(5) not null constraint feelback_rollup_grain_check check (grain in ('hour', 'day', 'month', 'life')),
  start timestamptz(3) not null,
  entity_id uuid not null,
  count bigint not null,
  buckets bigint[] not null,
  revoked bigint not null,
  updated_at timestamptz(3) not null,
  constraint feelback_rollup_pkey primary key (project_id, scope_id, grain, start, entity_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
`;
