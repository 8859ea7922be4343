import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first tables of the store: accounts and credentials, projects and channels with their fields, feedback with
 * its attachments, the event log, idempotency keys. Keys of growing tables start with the project: see ADR 4.
 */
export class FirstStore1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create extension if not exists pg_trgm;

create table account (
  id uuid constraint account_pkey primary key,
  name varchar(100) not null,
  active boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create table account_user (
  id uuid constraint account_user_pkey primary key,
  account_id uuid not null constraint account_user_account_fkey references account (id) on delete cascade,
  email varchar(254) not null,
  email_normalized varchar(320) not null constraint account_user_email_key unique,
  name varchar(100),
  password_hash text not null,
  password_changed_at timestamptz(3) not null,
  role varchar(20) not null constraint account_user_role_check check (role in ('owner', 'member')),
  operator boolean not null,
  active boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index account_user_list_idx on account_user (account_id, id);

create table signing_key (
  id varchar(64) constraint signing_key_pkey primary key,
  algorithm varchar(10) not null,
  public_jwk jsonb not null,
  private_jwk_sealed bytea not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3)
);
create unique index signing_key_current_key on signing_key (algorithm) where retired_at is null;

create sequence project_id_seq as bigint;
create table project (
  id bigint constraint project_pkey primary key,
  account_id uuid not null constraint project_account_fkey references account (id) on delete cascade,
  name varchar(50) not null,
  description varchar(500),
  time_zone varchar(64) not null,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create unique index project_name_key on project (account_id, name) where archived_at is null;
create index project_list_idx on project (account_id, id);

create sequence channel_id_seq as bigint;
create table channel (
  project_id bigint not null constraint channel_project_fkey references project (id) on delete cascade,
  id bigint not null,
  name varchar(50) not null,
  description varchar(500),
  dialect varchar(30) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint channel_pkey primary key (project_id, id),
  constraint channel_name_key unique (project_id, name)
);

create table field (
  project_id bigint not null,
  id uuid not null,
  channel_id bigint not null,
  key varchar(50) not null,
  name varchar(100) not null,
  description varchar(500),
  format varchar(20) not null constraint field_format_check
    check (format in ('text', 'keyword', 'number', 'boolean', 'select', 'multiSelect', 'date', 'images')),
  editable boolean not null,
  active boolean not null,
  personal boolean not null,
  -- Set: the value lives in this column of feedback. Null: it lives in feedback.fields under the key.
  system_column varchar(30),
  position integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint field_pkey primary key (project_id, id),
  constraint field_key_key unique (project_id, channel_id, key),
  constraint field_channel_fkey foreign key (project_id, channel_id)
    references channel (project_id, id) on delete cascade
);

create table field_option (
  project_id bigint not null,
  id uuid not null,
  field_id uuid not null,
  key varchar(50) not null,
  name varchar(100) not null,
  position integer not null,
  constraint field_option_pkey primary key (project_id, id),
  constraint field_option_key_key unique (project_id, field_id, key),
  constraint field_option_field_fkey foreign key (project_id, field_id)
    references field (project_id, id) on delete cascade
);

create table oauth_client (
  id uuid constraint oauth_client_pkey primary key,
  account_id uuid not null constraint oauth_client_account_fkey references account (id) on delete cascade,
  project_id bigint not null,
  channel_id bigint not null,
  name varchar(100) not null,
  permissions varchar(50)[] not null,
  active boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint oauth_client_channel_fkey foreign key (project_id, channel_id)
    references channel (project_id, id) on delete restrict
);
create index oauth_client_list_idx on oauth_client (account_id, id);
create index oauth_client_channel_idx on oauth_client (project_id, channel_id);

create table oauth_client_secret (
  id uuid constraint oauth_client_secret_pkey primary key,
  client_id uuid not null constraint oauth_client_secret_client_fkey references oauth_client (id) on delete cascade,
  digest bytea not null,
  hint varchar(4) not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
create index oauth_client_secret_client_idx on oauth_client_secret (client_id);

-- Taken in blocks of 64 by each process, so that ids exist before the first try of a write.
create sequence feedback_id_seq as bigint increment by 64;
create table feedback (
  project_id bigint not null,
  id bigint not null,
  channel_id bigint not null,
  dialect varchar(30) not null,
  fields jsonb not null,
  -- The text that people search, in one column: the values of the text fields, one a line.
  search_text text not null,
  author_id varchar(128),
  author_name varchar(255),
  author_email varchar(254),
  author_email_normalized varchar(320),
  contact_consent boolean,
  sentiment smallint constraint feedback_sentiment_check check (sentiment in (-1, 0, 1)),
  scope_type varchar(20),
  scope_id varchar(128),
  status varchar(20),
  severity varchar(20),
  labels varchar(50)[],
  category varchar(64),
  assignee_id varchar(128),
  resolution_note varchar(4000),
  acknowledged_at timestamptz(3),
  resolved_at timestamptz(3),
  submitted_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint feedback_pkey primary key (project_id, id),
  constraint feedback_channel_fkey foreign key (project_id, channel_id) references channel (project_id, id)
);
create index feedback_list_idx on feedback (project_id, channel_id, created_at, id);
create index feedback_author_idx on feedback (project_id, author_email_normalized)
  where author_email_normalized is not null;
-- A pending list of 1 MB instead of 4: whoever fills it up sorts it in, and should not wait long for that.
create index feedback_fields_idx on feedback using gin (fields jsonb_path_ops) with (gin_pending_list_limit = 1024);
create index feedback_search_idx on feedback using gin (search_text gin_trgm_ops) with (gin_pending_list_limit = 1024);

create table stored_file (
  project_id bigint not null constraint stored_file_project_fkey references project (id),
  id uuid not null,
  size integer not null,
  media_type varchar(100) not null,
  digest bytea not null,
  width integer,
  height integer,
  scan varchar(20) not null,
  -- False while nothing refers to the file: the sweep takes it after a day.
  kept boolean not null,
  created_at timestamptz(3) not null,
  constraint stored_file_pkey primary key (project_id, id)
);
create index stored_file_sweep_idx on stored_file (created_at) where not kept;

create sequence attachment_id_seq as bigint increment by 16;
create table attachment (
  project_id bigint not null,
  id bigint not null,
  feedback_id bigint not null,
  file_id uuid not null,
  name varchar(255) not null,
  created_at timestamptz(3) not null,
  constraint attachment_pkey primary key (project_id, id),
  constraint attachment_feedback_fkey foreign key (project_id, feedback_id)
    references feedback (project_id, id) on delete cascade,
  constraint attachment_file_fkey foreign key (project_id, file_id) references stored_file (project_id, id)
);
create index attachment_feedback_idx on attachment (project_id, feedback_id, id);
create index attachment_file_idx on attachment (project_id, file_id);

create table event (
  -- 0 for what belongs to the account and to no project.
  project_id bigint not null,
  id uuid not null,
  account_id uuid not null,
  type varchar(60) not null,
  actor_kind varchar(20) not null,
  actor_id varchar(128),
  subject_id varchar(128) not null,
  data jsonb not null,
  created_at timestamptz(3) not null,
  constraint event_pkey primary key (project_id, id)
);

create table idempotency_key (
  project_id bigint not null,
  credential_id uuid not null,
  key_digest bytea not null,
  fingerprint bytea not null,
  result jsonb not null,
  created_at timestamptz(3) not null,
  constraint idempotency_key_pkey primary key (project_id, credential_id, key_digest)
);
create index idempotency_key_sweep_idx on idempotency_key (created_at);
`;

const DOWN = `
drop table idempotency_key, event, attachment, stored_file, feedback, oauth_client_secret, oauth_client,
  field_option, field, channel, project, signing_key, account_user, account;
drop sequence feedback_id_seq, attachment_id_seq, channel_id_seq, project_id_seq;
drop extension pg_trgm;
`;
