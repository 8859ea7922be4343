import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows of imports wait in blocks, about a thousand as one value. Nothing is moved here, however many rows wait in
 * `import_staged`: processes of the version before may still put rows there, so the worker makes blocks of what it finds
 * in it. The constraint is for their workers, which do not know blocks and would take such an import for an empty one.
 */
export class ImportBlocks1763800000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table import_block (
  project_id bigint not null,
  import_id uuid not null,
  number integer not null,
  count integer not null,
  done integer not null,
  rows text not null,
  constraint import_block_pkey primary key (project_id, import_id, number)
);
-- Compressing takes longer than writing what is read once, and soon.
alter table import_block alter column rows set storage external;

alter table import add constraint import_completed_check check (
  state not in ('completed', 'completed_with_errors') or imported + duplicates + rejected = received
);
`;

const DOWN = `
alter table import drop constraint import_completed_check;

insert into import_staged (project_id, import_id, number, key, original_date, said_at, name, content)
select project_id, import_id, number + place - 1, decode(key, 'hex'), left(date, 19), date::timestamptz, name, content
from import_block b, rows from (
  json_array_elements_text(b.rows::json -> 'keys'),
  json_array_elements_text(b.rows::json -> 'dates'),
  json_array_elements_text(b.rows::json -> 'names'),
  json_array_elements_text(b.rows::json -> 'contents')
) with ordinality as r (key, date, name, content, place)
where key is not null and place > done;

update import set next_row = least(next_row, waiting.first)
from (select project_id, import_id, min(number + done) as first from import_block group by project_id, import_id) waiting
where import.project_id = waiting.project_id and import.id = waiting.import_id;

drop table import_block;
`;
