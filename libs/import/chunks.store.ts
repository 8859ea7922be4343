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
  readonly nextRow: number;
  readonly failures: number;
}

/** What one chunk did. */
export interface MovedChunk {
  /** Staged rows that are gone now. */
  readonly taken: number;
  /** Rows of them that are feedback now; the others were there before. */
  readonly imported: number;
}

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
         import.credential_id as "credentialId", import.state, received, rejected, next_row as "nextRow", failures
       from import join source on source.id = import.source_id
       join channel on channel.project_id = source.project_id and channel.id = source.channel_id
       where import.project_id = $1 and import.id = $2 and import.state in ('queued', 'running')
       for update of import`,
      [projectId, id],
    );
    return held;
  }

  /** Moves the staged rows from `nextRow` on whose numbers are below `nextRow + size`. In the transaction of `hold`. */
  async move(held: HeldImport, size: number, now: Date): Promise<MovedChunk> {
    // The planner knows nothing of rows that are in the making, and would join them one by one.
    await this.db.query('set local enable_nestloop = off');
    const blocks = await this.feedback.takeIds(size);
    const [moved] = await this.db.query<MovedChunk>(
      `with taken as (
         delete from import_staged where project_id = $1 and import_id = $2 and number >= $3 and number < $4
         returning number, key, original_date, said_at, name, content
       ), numbered as (
         select *, ${this.feedback.idAt('row_number() over (order by number) - 1', '$5::bigint[]')} as id from taken
       ), fresh as (
         insert into import_row (project_id, source_id, key, import_id, feedback_id, original_date)
         -- In the order of the keys, so that two imports into one source cannot wait for each other.
         select $1, $6::uuid, key, $2, id, original_date from numbered order by key
         on conflict do nothing returning feedback_id
       ), fitting as (
         select $1::bigint as project_id, numbered.id, $7::bigint as channel_id, $8::text as dialect, content,
           name as author_name, said_at, $9::timestamptz as now
         from numbered join fresh on fresh.feedback_id = numbered.id order by number
       ), written as (
         ${this.feedback.insertFrom('fitting')}
       )
       select (select count(*) from taken)::int as taken, (select count(*) from fresh)::int as imported`,
      [
        held.projectId,
        held.id,
        held.nextRow,
        held.nextRow + size,
        blocks,
        held.sourceId,
        held.channelId,
        held.dialect,
        now,
      ],
    );
    return moved!;
  }

  /** Takes one staged row away; false when it is gone. */
  async drop(held: HeldImport, number: number): Promise<boolean> {
    const rows = await this.db.query(
      'delete from import_staged where project_id = $1 and import_id = $2 and number = $3 returning 1',
      [held.projectId, held.id, number],
    );
    return rows.length > 0;
  }

  /** Adds to the counters, and goes on to `nextRow`. */
  async advance(
    { projectId, id }: ImportRef,
    step: {
      readonly imported: number;
      readonly duplicates: number;
      readonly rejected: number;
      readonly nextRow: number;
      readonly now: Date;
    },
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
