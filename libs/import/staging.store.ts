import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import type { Block } from './blocks/block-builder.js';
import { inBinary } from './blocks/copy-blocks.js';
import type { ImportRef } from './imports.store.js';

/** Milliseconds that a statement may take which writes all blocks of an import. */
const STATEMENT_TIMEOUT_MS = 300_000;

/** Where rows wait until the worker moves them. */
@Injectable()
export class StagingStore {
  constructor(private readonly db: Database) {}

  /**
   * Writes blocks as they come; in a transaction. The condition is always true: as it has to be asked row by row,
   * PostgreSQL writes each block when it has it, instead of collecting up to a thousand of them in memory first.
   */
  async copy(ref: ImportRef, blocks: AsyncIterable<Block>): Promise<void> {
    await this.patiently(() =>
      this.db.copy(
        `copy import_block (project_id, import_id, number, count, done, rows) from stdin (format binary)
         where random() >= 0`,
        inBinary(ref, blocks),
      ),
    );
  }

  /**
   * Makes blocks of rows that a process of the version before staged one by one. In the transaction that holds the
   * import. @returns how many rows
   */
  async adopt({ projectId, id }: ImportRef): Promise<number> {
    const [adopted] = await this.patiently(() =>
      this.db.query<{ rows: number }>(
        `with taken as (
           delete from import_staged where project_id = $1 and import_id = $2
           returning number, encode(key, 'hex') as key, name, content, original_date,
             original_date::timestamp - (said_at at time zone 'UTC') as ahead
         ), span as (
           select min(number) as first, max(number) as last from taken group by number / 1000
         ), block as (
           insert into import_block (project_id, import_id, number, count, done, rows)
           select $1::bigint, $2::uuid, first, last - first + 1, 0, json_build_object(
             'keys', json_agg(key order by place),
             'dates', json_agg(original_date || case when ahead < interval '0' then '' else '+' end || ahead order by place),
             'names', json_agg(name order by place),
             'contents', json_agg(content order by place))
           from span cross join generate_series(first, last) as place left join taken on taken.number = place
           group by first, last
         )
         select count(*)::int as rows from taken`,
        [projectId, id],
      ),
    );
    return adopted!.rows;
  }

  /** Gives the statements of `work` at least the time that a whole import may take; in a transaction. */
  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    await this.db.query(
      `select set_config('statement_timeout', $1::text, true)
       where current_setting('statement_timeout')::interval between '1 ms' and make_interval(secs => $1::int / 1000)`,
      [STATEMENT_TIMEOUT_MS],
    );
    const result = await work();
    await this.db.query('set local statement_timeout to default');
    return result;
  }

  /** Removes the rows of imports that failed before `limit`. @returns how many */
  async removeFailed(limit: Date): Promise<number> {
    const [removed] = await this.db.query<{ rows: number }>(
      `with failed as (
         select project_id, id from import where state = 'failed' and finished_at < $1 and next_row < received
       ), blocks as (
         delete from import_block where (project_id, import_id) in (select * from failed) returning count - done as rows
       ), staged as (
         delete from import_staged where (project_id, import_id) in (select * from failed) returning 1 as rows
       )
       select coalesce(sum(rows), 0)::int as rows from (select * from blocks union all select * from staged) as gone`,
      [limit],
    );
    return removed!.rows;
  }
}
