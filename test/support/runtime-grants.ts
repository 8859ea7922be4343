/**
 * What a role needs to run the server and its jobs when another role owns the tables: to read and write rows, and
 * nothing more. Run by the owner before the first migration, so that what migrations make is granted as well.
 */
export const RUNTIME_GRANTS = (role: string): string => `
  create schema if not exists pgboss;
  grant usage on schema public, pgboss to ${role};
  grant select, insert, update, delete on all tables in schema public, pgboss to ${role};
  grant usage on all sequences in schema public to ${role};
  alter default privileges in schema public grant select, insert, update, delete on tables to ${role};
  alter default privileges in schema public grant usage on sequences to ${role};
  alter default privileges in schema pgboss grant select, insert, update, delete on tables to ${role}`;
