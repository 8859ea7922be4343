import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may do what: roles, who has them, direct grants, the targets that scopes name, and the secrets of servers. The
 * users that are there keep what they may do: their role names the built-in role of their account.
 */
export class Scopes1763800000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table server_secret, scope_target, permission_grant, role_assignment, role');
  }
}

const UP = `
create table role (
  id uuid constraint role_pkey primary key,
  account_id uuid not null constraint role_account_fkey references account (id) on delete cascade,
  name varchar(100) not null,
  description varchar(500),
  scope_type varchar(20) not null constraint role_scope_type_check
    check (scope_type in ('global', 'server', 'network', 'service', 'extension')),
  -- Null for global, and for nothing else.
  scope_id varchar(128),
  permissions varchar(50)[] not null,
  is_default boolean not null,
  -- Set: the role of every user whose account_user.role it is. Nobody changes it.
  built_in varchar(20),
  creator_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint role_scope_id_check check ((scope_type = 'global') = (scope_id is null))
);
create index role_list_idx on role (account_id, id);
create index role_scope_idx on role (account_id, scope_type, scope_id, id);
create unique index role_built_in_key on role (account_id, built_in) where built_in is not null;
-- At most one default role per scope. Nulls are distinct, so the global scope has an index of its own.
create unique index role_default_key on role (account_id, scope_type, scope_id) where is_default;
create unique index role_global_default_key on role (account_id) where is_default and scope_id is null;

insert into role (id, account_id, name, scope_type, permissions, is_default, built_in, created_at, updated_at)
select gen_random_uuid(), account.id, b.name, 'global', b.permissions, false, b.built_in,
  account.created_at, account.created_at
from account, (values
  ('owner', 'Owner', array['*']::varchar(50)[]),
  ('member', 'Member', array['account:read', 'projects:read', 'issues:read', 'categories:read']::varchar(50)[])
) as b (built_in, name, permissions);

create table role_assignment (
  user_id uuid not null constraint role_assignment_user_fkey references account_user (id) on delete cascade,
  role_id uuid not null constraint role_assignment_role_fkey references role (id) on delete cascade,
  created_at timestamptz(3) not null,
  constraint role_assignment_pkey primary key (user_id, role_id)
);
create index role_assignment_role_idx on role_assignment (role_id, user_id);

create table permission_grant (
  user_id uuid not null constraint permission_grant_user_fkey references account_user (id) on delete cascade,
  permission varchar(50) not null,
  -- True: denies, whatever else allows.
  negated boolean not null,
  expires_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint permission_grant_pkey primary key (user_id, permission)
);

create table scope_target (
  id uuid constraint scope_target_pkey primary key,
  account_id uuid not null constraint scope_target_account_fkey references account (id) on delete cascade,
  type varchar(20) not null constraint scope_target_type_check
    check (type in ('server', 'network', 'service', 'extension')),
  -- What the scope of a feedback says.
  scope_id varchar(128) not null,
  name varchar(100) not null,
  -- The network that a server is in.
  network_id uuid constraint scope_target_network_fkey references scope_target (id),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint scope_target_scope_key unique (account_id, type, scope_id),
  constraint scope_target_network_check check (network_id is null or type = 'server')
);
create index scope_target_list_idx on scope_target (account_id, id);
create index scope_target_network_idx on scope_target (network_id, id) where network_id is not null;

create table server_secret (
  id uuid constraint server_secret_pkey primary key,
  server_id uuid not null constraint server_secret_server_fkey references scope_target (id) on delete cascade,
  digest bytea not null constraint server_secret_digest_key unique,
  hint varchar(4) not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
create index server_secret_server_idx on server_secret (server_id, id);
`;
