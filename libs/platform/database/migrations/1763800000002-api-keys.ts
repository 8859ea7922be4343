import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys: of an account, or of one project or some sources of it. */
export class ApiKeys1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table api_key');
  }
}

const UP = `
create table api_key (
  id uuid constraint api_key_pkey primary key,
  account_id uuid not null constraint api_key_account_fkey references account (id) on delete cascade,
  -- The public API that the key opens.
  dialect varchar(30) not null,
  -- Null: every project of the account.
  project_id bigint constraint api_key_project_fkey references project (id) on delete cascade,
  -- Null: every source of the account.
  source_ids uuid[],
  name varchar(100) not null,
  permissions varchar(50)[] not null,
  digest bytea not null constraint api_key_digest_key unique,
  hint varchar(4) not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
create index api_key_list_idx on api_key (account_id, id);
create index api_key_project_idx on api_key (project_id) where project_id is not null;
`;
