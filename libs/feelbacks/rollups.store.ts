import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#libs/platform/database/database.js';
import type { Counts } from './aggregation.js';
import { EPOCH } from './period.js';
import type { Delta } from './rollup-deltas.js';
import type { Grain } from './rollup.entity.js';

/** What a rollup counts: see `Rollup`. */
export interface Counter {
  readonly projectId: number;
  readonly scopeId: string;
  readonly entityId: string;
}

/** Counts of one data point. */
export interface CountedPoint extends Counts {
  readonly start: Date;
  readonly revoked: number;
  readonly updatedAt: Date;
}

/** How many feelbacks a set or a content got over some data points. */
export interface Ranked extends Omit<Counter, 'scopeId'> {
  readonly count: number;
}

/** An entity of a rank: active things only. */
export type RankedKind = 'content' | 'content_set';

/** Each length makes a statement of its own, which each connection prepares. */
const SPELLED_OUT = 8;

interface PointRow extends CountedPoint {
  readonly index: number;
}

@Injectable()
export class RollupsStore {
  constructor(private readonly db: Database) {}

  /**
   * The statement that adds to rollups. All writers take the rows in the order of the primary key, so that no two of
   * them wait for each other.
   */
  add(deltas: readonly Delta[], now: Date): Statement {
    return {
      text: `insert into feelback_rollup as r
          (project_id, scope_id, grain, start, entity_id, count, buckets, revoked, updated_at)
        select d.project_id, d.scope_id, d.grain, d.start, d.entity_id, d.count, d.buckets::bigint[], d.revoked,
          $9::timestamptz
        from unnest($1::bigint[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::bigint[], $7::text[],
          $8::bigint[]) as d (project_id, scope_id, grain, start, entity_id, count, buckets, revoked)
        order by d.project_id, d.scope_id, d.grain, d.start, d.entity_id
        on conflict (project_id, scope_id, grain, start, entity_id) do update set
          count = r.count + excluded.count,
          buckets = case when excluded.buckets = '{}' then r.buckets else ${sumOfBuckets(deltas)} end,
          revoked = r.revoked + excluded.revoked,
          updated_at = greatest(r.updated_at, excluded.updated_at)`,
      values: [
        list(deltas, ({ projectId }) => projectId),
        list(deltas, ({ scopeId }) => scopeId),
        list(deltas, ({ grain }) => grain),
        list(deltas, ({ start }) => start.toISOString()),
        list(deltas, ({ entityId }) => entityId),
        list(deltas, ({ count }) => count),
        list(deltas, ({ buckets }) => `"{${buckets.join(',')}}"`),
        list(deltas, ({ revoked }) => revoked),
        now,
      ],
    };
  }

  /** The points of each counter that has any, in any order; by index of the counter. */
  async read(
    counters: readonly Counter[],
    grain: Grain,
    starts: readonly Date[],
  ): Promise<Map<number, CountedPoint[]>> {
    const rows = await this.db.query<PointRow>(
      `select k.position::int - 1 as index, r.start, r.count, r.buckets::float8[] as buckets, r.revoked,
         r.updated_at as "updatedAt"
       from unnest($1::bigint[], $2::uuid[], $3::uuid[]) with ordinality as k (project_id, scope_id, entity_id, position)
       join feelback_rollup r on r.project_id = k.project_id and r.scope_id = k.scope_id and r.grain = $4
         and r.start = any ($5::timestamptz[]) and r.entity_id = k.entity_id`,
      [
        counters.map(({ projectId }) => projectId),
        counters.map(({ scopeId }) => scopeId),
        counters.map(({ entityId }) => entityId),
        grain,
        starts,
      ],
    );
    return Map.groupBy(rows, ({ index }) => index);
  }

  /** The whole life of each counter; undefined where nothing was ever counted. */
  async lives(counters: readonly Counter[]): Promise<(CountedPoint | undefined)[]> {
    const points = await this.read(counters, 'life', [EPOCH]);
    return counters.map((_, index) => points.get(index)?.[0]);
  }

  /**
   * The counters of these scopes that were given most, among what is active; ties go to the newest activity. Reads one
   * row for each of them and each data point, not the feelbacks.
   */
  rank(
    kind: RankedKind,
    scopes: readonly Omit<Counter, 'entityId'>[],
    grain: Grain,
    starts: readonly Date[],
    size: number,
  ): Promise<Ranked[]> {
    return this.db.query<Ranked>(
      `select t.project_id as "projectId", t.entity_id as "entityId", t.count
       from (
         select r.project_id, r.entity_id, sum(r.count::float8) as count, max(r.updated_at) as latest
         from unnest($1::bigint[], $2::uuid[]) as s (project_id, scope_id)
         join feelback_rollup r on r.project_id = s.project_id and r.scope_id = s.scope_id and r.grain = $3
           and r.start = any ($4::timestamptz[])
         group by r.project_id, r.entity_id
       ) as t
       join ${kind} e on e.project_id = t.project_id and e.id = t.entity_id and e.state = 'active'
       where t.count > 0
       order by t.count desc, t.latest desc, t.entity_id desc limit $5`,
      [scopes.map(({ projectId }) => projectId), scopes.map(({ scopeId }) => scopeId), grain, starts, size],
    );
  }
}

/**
 * The SQL that adds the buckets of a delta to those of its rollup. While they are few it is spelled out place by place,
 * which makes the statement a tenth cheaper.
 */
function sumOfBuckets(deltas: readonly Delta[]): string {
  const longest = deltas.reduce((most, { buckets }) => Math.max(most, buckets.length), 1);
  if (longest > SPELLED_OUT)
    return `(select array_agg(coalesce(b.old, 0) + coalesce(b.new, 0) order by b.position)
            from unnest(r.buckets, excluded.buckets) with ordinality as b (old, new, position))`;
  const places = Array.from({ length: longest }, (_, index) => index + 1);
  const sums = places.map((n) => `coalesce(r.buckets[${n}], 0) + coalesce(excluded.buckets[${n}], 0)`);
  return `array[${sums.join(', ')}] || r.buckets[${longest + 1}:]`;
}

/**
 * An array as PostgreSQL reads it, of what needs no escaping: numbers, ids, times. The driver would look at each
 * element, and votes on many things bring hundreds.
 */
function list(deltas: readonly Delta[], of: (delta: Delta) => string | number): string {
  return `{${deltas.map(of).join(',')}}`;
}
