import { bucketCount, type Counted, itemsOf } from '#libs/content-sets/schemas/buckets.js';
import { weightsOf } from '#libs/content-sets/schemas/default-weights.js';
import type { Schema } from '#libs/content-sets/schemas/schema.js';

/** Counts of one span of time by bucket; missing ones at the end are zero. */
export interface Counts {
  readonly count: number;
  readonly buckets: readonly number[];
}

/** What a number of feelbacks says, by their schema. Members that a schema does not have are left out. */
export interface Summary {
  readonly count: number;
  /** Of yes-no, reaction and tagged-message: by value, in the order of the set. */
  readonly counts?: readonly number[];
  /** Of rating: the mean, 0 for none. */
  readonly average?: number;
  /** Of yes-no, and of reaction and tagged-message where an item carries one: the mean, from -1 to 1, 0 for none. */
  readonly sentiment?: number;
  /** Of reaction, where an item carries one: the mean, from 0 to 1, 0 for none. */
  readonly intensity?: number;
}

/** Counts over a span of time: in all, and by data point, oldest first. */
export interface Aggregation {
  readonly schema: Schema;
  readonly points: readonly Summary[];
  readonly total: Summary;
}

/** What counts a project of sets with different questions: feelbacks, whatever they say. */
export const ANY_FEELBACK: Counted = { schema: 'pulse', config: {}, discovered: [] };

export function aggregate(set: Counted, points: readonly Counts[]): Aggregation {
  return {
    schema: set.schema,
    points: points.map((point) => summarize(set, point)),
    total: summarize(set, sum(points)),
  };
}

export function summarize(set: Counted, { count, buckets }: Counts): Summary {
  const { schema } = set;
  if (schema === 'pulse' || schema === 'message') return { count };
  // Longer than the set's own list only while another process's new value has not been heard of.
  const counts = Array.from(
    { length: Math.max(bucketCount(set), buckets.length) },
    (_, bucket) => buckets[bucket] ?? 0,
  );
  const mean = (weights: readonly (number | undefined)[]) =>
    count === 0 ? 0 : counts.reduce((total, one, bucket) => total + one * (weights[bucket] ?? 0), 0) / count;
  if (schema === 'rating') return { count, average: mean(counts.map((_, n) => set.config.min! + n)) };
  if (schema === 'yes-no') return { count, counts, sentiment: mean([1, -1]) };
  const weights = weightsOf(itemsOf(set));
  const sentiments = weights.map(({ sentiment }) => sentiment);
  const intensities = weights.map(({ intensity }) => intensity);
  const weighed = (list: readonly (number | undefined)[]) => list.some((one) => one !== undefined);
  return {
    count,
    counts,
    ...(weighed(sentiments) && { sentiment: mean(sentiments) }),
    ...(schema === 'reaction' && weighed(intensities) && { intensity: mean(intensities) }),
  };
}

/** The counts as a flat list: by value where there are values, count and mean of ratings, else the count. */
export function flatCounts(set: Counted, counts: Counts): readonly number[] {
  const summary = summarize(set, counts);
  if (summary.average !== undefined) return [summary.count, summary.average];
  return summary.counts ?? [summary.count];
}

export function sum(points: readonly Counts[]): Counts {
  const buckets: number[] = [];
  let count = 0;
  for (const point of points) {
    count += point.count;
    for (const [bucket, one] of point.buckets.entries()) buckets[bucket] = (buckets[bucket] ?? 0) + one;
  }
  return { count, buckets };
}
