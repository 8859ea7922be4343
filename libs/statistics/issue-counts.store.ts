import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { FOLD, FOLD_LOCK } from './folding.js';

/** Days are `YYYY-MM-DD` in the project's time zone, both included. */
export interface IssueCountFilter {
  readonly projectId: number;
  readonly channelId?: number | undefined;
  readonly from: string;
  readonly to: string;
}

/** How much feedback of a range of days is about an issue. */
export interface CountedIssue {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly count: number;
  /**
   * Days, as their distance from the first day of the range, and what is to be added up for each: a day occurs once for
   * each channel and each change that is not folded in yet. One pass over all of it is all that PostgreSQL does.
   */
  readonly days: readonly number[];
  readonly counts: readonly number[];
}

@Injectable()
export class IssueCountsStore {
  constructor(private readonly db: Database) {}

  /** The `limit` issues that most feedback is about, most first; issues without any are left out. */
  top({ projectId, channelId, from, to }: IssueCountFilter, limit: number): Promise<CountedIssue[]> {
    return this.db.query<CountedIssue>(
      `with top as (
         select issue_id, sum(count)::int as count, array_agg(day) as days, array_agg(count) as counts
         from (
           select c.issue_id, c.day - $2::date as day, c.count from feedback_issue_count c
           where c.project_id = $1 and c.day between $2::date and $3::date and ($4::bigint is null or c.channel_id = $4)
           union all
           select d.issue_id, d.day - $2::date, d.count
           from (select (f.quarter at time zone p.time_zone)::date as day, f.issue_id, f.count
                 from feedback_issue_count_delta f join project p on p.id = f.project_id
                 where f.project_id = $1 and ($4::bigint is null or f.channel_id = $4)) d
           where d.day between $2::date and $3::date) part
         group by 1 having sum(count) <> 0 order by 2 desc, 1 limit $5)
       select i.id, i.name, i.status, top.count, top.days, top.counts
       from top join issue i on i.project_id = $1 and i.id = top.issue_id order by top.count desc, i.id`,
      [projectId, from, to, channelId ?? null, limit],
    );
  }

  /** Folds what was appended into the days. @returns how many deltas were folded */
  async fold(): Promise<number> {
    await this.db.query('select pg_advisory_xact_lock($1)', [FOLD_LOCK]);
    const [row] = await this.db.query<{ taken: number }>(
      `with taken as (
         delete from feedback_issue_count_delta where (project_id, id) in (
           select project_id, id from feedback_issue_count_delta order by project_id, id limit $1)
         returning *),
       folded as (
         insert into feedback_issue_count as c (project_id, day, issue_id, channel_id, count)
         select t.project_id, (t.quarter at time zone p.time_zone)::date, t.issue_id, t.channel_id, sum(t.count)
         from taken t join project p on p.id = t.project_id
         group by 1, 2, 3, 4
         on conflict on constraint feedback_issue_count_pkey do update set count = c.count + excluded.count)
       select count(*)::int as taken from taken`,
      [FOLD],
    );
    return row!.taken;
  }
}
