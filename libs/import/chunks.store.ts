import { Injectable } from '@nestjs/common';
import { BulkFeedbackStore } from '#libs/feedback/bulk/bulk-feedback.store.js';
import { Database } from '#libs/platform/database/database.js';
import type { ImportState } from './import.entity.js';
import type { ImportRef } from './imports.store.js';

/** An import that a worker holds, with what the next chunk needs. */
export interface HeldImport extends ImportRef {
  readonly accountId: string;
  readonly sourceId: string;
  readonly channelId: number;
  readonly dialect: string;
  readonly credentialId: string;
  readonly state: ImportState;
  readonly received: number;
  readonly rejected: number;
  readonly failures: number;
}

/** A block, but for its rows. */
export interface BlockRef {
  readonly number: number;
  readonly count: number;
  readonly done: number;
}

/** What one chunk did. */
export interface MovedChunk {
  /** Rows that there were. */
  readonly taken: number;
  /** Rows of them that are feedback now; the others were there before. */
  readonly imported: number;
}

/** What a chunk adds to the counters, and when. */
export interface ChunkCounts {
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly now: Date;
}

/** Characters of a date as it was sent; behind them is the offset. */
const DATE_LENGTH = 19;

@Injectable()
export class ChunksStore {
  constructor(
    private readonly db: Database,
    private readonly feedback: BulkFeedbackStore,
  ) {}

  /** Holds the import until the transaction ends; undefined when there is none or it is finished. */
  async hold({ projectId, id }: ImportRef): Promise<HeldImport | undefined> {
    const [held] = await this.db.query<HeldImport>(
      `select import.project_id as "projectId", import.id, source.account_id as "accountId",
         import.source_id as "sourceId", source.channel_id as "channelId", channel.dialect,
         import.credential_id as "credentialId", import.state, received, rejected, failures
       from import join source on source.id = import.source_id
       join channel on channel.project_id = source.project_id and channel.id = source.channel_id
       where import.project_id = $1 and import.id = $2 and import.state in ('queued', 'running')
       for update of import`,
      [projectId, id],
    );
    return held;
  }

  /**
   * The first block of the import that has rows left. In the transaction of `hold`, but a statement of its own: one that
   * waited for the import would still see the blocks that were there before.
   */
  async firstBlock({ projectId, id }: ImportRef): Promise<BlockRef | undefined> {
    const [block] = await this.db.query<BlockRef>(
      `select number, count, done from import_block where project_id = $1 and import_id = $2
       order by number limit 1`,
      [projectId, id],
    );
    return block;
  }

  /** Moves rows of a block: those behind the ones that are done, up to the place `end`. In the transaction of `hold`. */
  async move(held: HeldImport, { number, done }: BlockRef, end: number, now: Date): Promise<MovedChunk> {
    // The planner knows nothing of rows that are in the making, and would join them one by one.
    await this.db.query('set local enable_nestloop = off');
    const ids = await this.feedback.takeIds(end - done);
    const [moved] = await this.db.query<MovedChunk>(
      `with block as materialized (
         select rows::json as rows from import_block where project_id = $1 and import_id = $2 and number = $3
       ), taken as materialized (
         select decode(key, 'hex') as key, left(date, ${DATE_LENGTH}) as original_date, date::timestamptz as said_at,
           name, content, place, ${this.feedback.idAt('row_number() over (order by place) - 1', '$6::bigint[]')} as id
         from block, rows from (
           json_array_elements_text(rows->'keys'), json_array_elements_text(rows->'dates'),
           json_array_elements_text(rows->'names'), json_array_elements_text(rows->'contents')
         ) with ordinality as r (key, date, name, content, place)
         where place > $4 and place <= $5 and key is not null
       ), fresh as (
         insert into import_row (project_id, source_id, key, import_id, feedback_id, original_date)
         -- In the order of the keys, so that two imports into one source cannot wait for each other.
         select $1, $7::uuid, key, $2, id, original_date from taken order by key
         on conflict do nothing returning feedback_id
       ), fitting as (
         select $1::bigint as project_id, taken.id, $8::bigint as channel_id, $9::text as dialect, content,
           name as author_name, said_at, $10::timestamptz as now
         from taken join fresh on fresh.feedback_id = taken.id order by place
       ), written as (
         ${this.feedback.insertFrom('fitting')}
       )
       select (select count(*) from taken)::int as taken, (select count(*) from fresh)::int as imported`,
      [held.projectId, held.id, number, done, end, ids, held.sourceId, held.channelId, held.dialect, now],
    );
    return moved!;
  }

  /** Whether a place of a block has a row; a row that was left out before has none. */
  async hasRow({ projectId, id }: ImportRef, number: number, place: number): Promise<boolean> {
    const [row] = await this.db.query<{ exists: boolean }>(
      `select rows::json->'keys'->>$4::int is not null as exists from import_block
       where project_id = $1 and import_id = $2 and number = $3`,
      [projectId, id, number, place],
    );
    return row?.exists ?? false;
  }

  /** Notes that the rows of a block are done up to the place `end`, and removes it behind its last one. */
  async settle({ projectId, id }: ImportRef, { number, count }: BlockRef, end: number): Promise<void> {
    await this.db.query(
      end < count
        ? 'update import_block set done = $4 where project_id = $1 and import_id = $2 and number = $3'
        : 'delete from import_block where project_id = $1 and import_id = $2 and number = $3 and count <= $4',
      [projectId, id, number, end],
    );
  }

  /** Adds to the counters, and goes on to `nextRow`. */
  async advance(
    { projectId, id }: ImportRef,
    step: ChunkCounts & { readonly nextRow: number },
  ): Promise<void> {
    await this.db.query(
      `update import set state = 'running', started_at = coalesce(started_at, $7), failures = 0, next_row = $6,
         imported = imported + $3, duplicates = duplicates + $4, rejected = rejected + $5
       where project_id = $1 and id = $2`,
      [projectId, id, step.imported, step.duplicates, step.rejected, step.nextRow, step.now],
    );
  }

  /** Counts a try that failed. @returns how many in a row; 0 when the import is finished */
  async countFailure({ projectId, id }: ImportRef): Promise<number> {
    const [row] = await this.db.query<{ failures: number }>(
      `update import set failures = failures + 1
       where project_id = $1 and id = $2 and state in ('queued', 'running') returning failures`,
      [projectId, id],
    );
    return row?.failures ?? 0;
  }

  async finish(
    { projectId, id }: ImportRef,
    state: ImportState,
    error: string | null,
    now: Date,
  ): Promise<void> {
    await this.db.query(
      `update import set state = $3, error = $4, finished_at = $5, started_at = coalesce(started_at, $5)
       where project_id = $1 and id = $2`,
      [projectId, id, state, error, now],
    );
  }
}
