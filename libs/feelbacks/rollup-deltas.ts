import { startsOf } from './period.js';
import { type Grain, GRAINS, type Rollup } from './rollup.entity.js';

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

/** The things that a move counts for: what they lie in, and what they are. In the order of the key of rollups. */
const COUNTED: readonly ((move: Move) => readonly [scopeId: string, entityId: string])[] = [
  () => [WHOLE_PROJECT, WHOLE_PROJECT],
  ({ contentSetId }) => [WHOLE_PROJECT, contentSetId],
  ({ contentSetId, contentId }) => [contentSetId, contentId],
];

/**
 * What moves add up to, one delta for each rollup that they touch. As far as they are of one set and hour, as those of
 * a batch are, they stand in the order of the key of rollups, so that PostgreSQL finds them sorted.
 */
export function deltasOf(moves: readonly Move[]): Delta[] {
  const deltas = new Map<string, Delta>();
  const spans = moves
    .toSorted((a, b) => (a.contentId < b.contentId ? -1 : 1))
    .map((move) => ({ move, starts: startsOf(move.createdAt) }));
  for (const counted of COUNTED)
    for (const grain of GRAINS)
      for (const { move, starts } of spans) add(deltas, move, grain, starts[grain], counted(move));
  return [...deltas.values()];
}

function add(
  deltas: Map<string, Delta>,
  { projectId, bucket, by, revoked = false }: Move,
  grain: Grain,
  start: Date,
  [scopeId, entityId]: readonly [scopeId: string, entityId: string],
): void {
  const key = `${projectId} ${scopeId} ${grain} ${start.getTime()} ${entityId}`;
  let delta = deltas.get(key);
  if (!delta) {
    delta = { projectId, scopeId, grain, start, entityId, count: 0, buckets: [], revoked: 0 };
    deltas.set(key, delta);
  }
  delta.count += by;
  if (revoked) delta.revoked -= by;
  // Sets of one project count different things: the project counts all of them together.
  if (entityId === WHOLE_PROJECT) return;
  while (delta.buckets.length <= bucket) delta.buckets.push(0);
  delta.buckets[bucket]! += by;
}
