import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';

/** How long something took, over the feedback of a day or of the whole range. Seconds. */
export interface Duration {
  readonly count: number;
  readonly median: number;
  readonly p90: number;
}

/** `day` is null for the whole range. */
export interface DayDuration extends Duration {
  readonly day: string | null;
}

/** Which column tells the moment. */
const MOMENTS = { acknowledged: 'acknowledged_at', resolved: 'resolved_at' } as const;
export type Moment = keyof typeof MOMENTS;

@Injectable()
export class HandlingTimesStore {
  constructor(private readonly db: Database) {}

  /**
   * How long it took from a feedback's creation to the moment, by the day of the moment in the project's time zone.
   * Read from an index alone. Days are `YYYY-MM-DD`, both included.
   */
  durations(
    moment: Moment,
    {
      projectId,
      channelId,
      from,
      to,
    }: { projectId: number; channelId?: number | undefined; from: string; to: string },
  ): Promise<DayDuration[]> {
    const at = MOMENTS[moment];
    return this.db.query<DayDuration>(
      `with zone as (select time_zone from project where id = $1)
       select to_char(day, 'YYYY-MM-DD') as day, count(*)::int as count,
         percentile_cont(0.5) within group (order by seconds) as median,
         percentile_cont(0.9) within group (order by seconds) as p90
       from (
         select (${at} at time zone zone.time_zone)::date as day,
           extract(epoch from ${at} - created_at)::float8 as seconds
         from feedback, zone
         where project_id = $1 and ${at} is not null and ($4::bigint is null or channel_id = $4)
           and ${at} >= $2::date::timestamp at time zone (select time_zone from zone)
           and ${at} < ($3::date + 1)::timestamp at time zone (select time_zone from zone)
       ) moments
       group by grouping sets ((day), ()) having count(*) > 0 order by day nulls first`,
      [projectId, from, to, channelId ?? null],
    );
  }
}
