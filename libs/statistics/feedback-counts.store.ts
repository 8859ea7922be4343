import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { FOLD, FOLD_LOCK } from './folding.js';
import type { SentimentName } from './sentiment-name.js';

/** Which counts; a member left out does not narrow. Days are `YYYY-MM-DD` in each project's time zone, both included. */
export interface CountFilter {
  readonly projectIds: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly channelId?: number | undefined;
  readonly dialect?: string | undefined;
  /** What nobody has looked at is OPEN. */
  readonly status?: string | undefined;
  readonly sentiment?: SentimentName | undefined;
  /** Feedback that carries the label. */
  readonly label?: string | undefined;
}

/** How many feedback agree in what is not null. */
export interface CountCell {
  readonly day: string | null;
  readonly dialect: string | null;
  readonly status: string | null;
  readonly sentiment: SentimentName | null;
  readonly count: number;
}

/** What is counted by: each day and every attribute by itself, or every attribute on each day. */
const GROUPS = {
  overall: '(day), (dialect), (status), (sentiment), ()',
  daily: '(day), (day, dialect), (day, status), (day, sentiment)',
} as const;

/** Everything of the projects in the range: folded days, and what was not folded in yet. */
const COUNTS = `
  select c.day, c.label, c.channel_id, c.dialect, c.status, c.sentiment, c.count from feedback_count c
  where c.project_id = any($1::bigint[]) and c.day between $2::date and $3::date
  union all
  select d.day, d.label, d.channel_id, d.dialect, d.status, d.sentiment, d.count
  from (select (f.quarter at time zone p.time_zone)::date as day, f.*
        from feedback_count_delta f join project p on p.id = f.project_id where f.project_id = any($1::bigint[])) d
  where d.day between $2::date and $3::date`;

const NARROWED = `
  ($4::bigint is null or channel_id = $4) and ($5::text is null or dialect = $5)
  and ($6::text is null or status = $6) and ($7::text is null or sentiment = $7)`;

@Injectable()
export class FeedbackCountsStore {
  constructor(private readonly db: Database) {}

  /** Oldest day first; days without feedback are left out. Summed up in the database: it has far more cells. */
  cells(filter: CountFilter, groups: keyof typeof GROUPS): Promise<CountCell[]> {
    return this.db.query<CountCell>(
      `with cell as materialized (
         select day, dialect, status, sentiment, sum(count) as count
         from (${COUNTS}) counts where label = $8 and ${NARROWED} group by 1, 2, 3, 4)
       select to_char(day, 'YYYY-MM-DD') as day, dialect, status, sentiment, sum(count)::int as count
       from cell group by grouping sets (${GROUPS[groups]}) having sum(count) <> 0 order by day`,
      [...parameters(filter), filter.label ?? ''],
    );
  }

  /** The `limit` labels that most feedback carries. */
  labels(filter: CountFilter, limit: number): Promise<{ label: string; count: number }[]> {
    return this.db.query(
      `select label, sum(count)::int as count from (${COUNTS}) counts
       where label <> '' and ($8::text is null or label = $8) and ${NARROWED}
       group by 1 having sum(count) <> 0 order by 2 desc, 1 limit $9`,
      [...parameters(filter), filter.label ?? null, limit],
    );
  }

  /** Folds what was appended into the days. @returns how many deltas were folded */
  async fold(): Promise<number> {
    await this.db.query('select pg_advisory_xact_lock($1)', [FOLD_LOCK]);
    const [row] = await this.db.query<{ taken: number }>(
      `with taken as (
         delete from feedback_count_delta where (project_id, id) in (
           select project_id, id from feedback_count_delta order by project_id, id limit $1)
         returning *),
       folded as (
         insert into feedback_count as c (project_id, day, label, channel_id, dialect, status, sentiment, count)
         select t.project_id, (t.quarter at time zone p.time_zone)::date, t.label, t.channel_id, t.dialect, t.status,
           t.sentiment, sum(t.count)
         from taken t join project p on p.id = t.project_id
         group by 1, 2, 3, 4, 5, 6, 7
         on conflict on constraint feedback_count_pkey do update set count = c.count + excluded.count)
       select count(*)::int as taken from taken`,
      [FOLD],
    );
    return row!.taken;
  }
}

function parameters({ projectIds, from, to, channelId, dialect, status, sentiment }: CountFilter): unknown[] {
  return [projectIds, from, to, channelId ?? null, dialect ?? null, status ?? null, sentiment ?? null];
}
