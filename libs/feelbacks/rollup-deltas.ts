import { startsOf } from './period.js';
import { GRAINS, type Rollup } from './rollup.entity.js';

/** Stands for the project where an id of a set or a content would be. */
export const WHOLE_PROJECT = '00000000-0000-0000-0000-000000000000';

/** One feelback that comes (1) to or goes (-1) from a bucket. */
export interface Move {
  readonly projectId: number;
  readonly contentSetId: string;
  readonly contentId: string;
  readonly bucket: number;
  /** When the feelback was given: that is where it counts, however late the move comes. */
  readonly createdAt: Date;
  readonly by: 1 | -1;
  /** True: it goes because it was revoked. */
  readonly revoked?: boolean;
}

/** What is to be added to one rollup. */
export type Delta = Pick<Rollup, 'projectId' | 'scopeId' | 'grain' | 'start' | 'entityId'> & {
  count: number;
  readonly buckets: number[];
  revoked: number;
};

/** What moves add up to, one delta for each rollup that they touch. */
export function deltasOf(moves: readonly Move[]): Delta[] {
  const deltas = new Map<string, Delta>();
  for (const move of moves) {
    const { projectId, contentSetId, contentId, createdAt, bucket, by, revoked = false } = move;
    const starts = startsOf(createdAt);
    for (const grain of GRAINS) {
      const start = starts[grain];
      for (const [scopeId, entityId] of [
        [contentSetId, contentId],
        [WHOLE_PROJECT, contentSetId],
        [WHOLE_PROJECT, WHOLE_PROJECT],
      ] as const) {
        const key = `${projectId} ${scopeId} ${grain} ${start.getTime()} ${entityId}`;
        let delta = deltas.get(key);
        if (!delta) {
          delta = { projectId, scopeId, grain, start, entityId, count: 0, buckets: [], revoked: 0 };
          deltas.set(key, delta);
        }
        delta.count += by;
        if (revoked) delta.revoked -= by;
        // Sets of one project count different things: the project counts all of them together.
        if (entityId === WHOLE_PROJECT) continue;
        while (delta.buckets.length <= bucket) delta.buckets.push(0);
        delta.buckets[bucket]! += by;
      }
    }
  }
  return [...deltas.values()];
}
