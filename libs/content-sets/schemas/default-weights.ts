import type { SchemaItem } from './schema.js';

type Weights = Pick<SchemaItem, 'sentiment' | 'intensity'>;

/** What the values of well-known pickers stand for, where a configuration does not say so itself. */
const WELL_KNOWN: Readonly<Record<string, Weights>> = {
  '+1': { sentiment: 1, intensity: 0.5 },
  '-1': { sentiment: -1, intensity: 0.5 },
  y: { sentiment: 1, intensity: 0.5 },
  n: { sentiment: -1, intensity: 0.5 },
  laugh: { sentiment: 0.75, intensity: 0.5 },
  confused: { sentiment: -0.5, intensity: 0.5 },
  heart: { sentiment: 1, intensity: 1 },
  hooray: { sentiment: 1, intensity: 0.75 },
  rocket: { sentiment: 1, intensity: 1 },
  eyes: { sentiment: 0, intensity: 0.5 },
  like: { sentiment: 0.5, intensity: 0.5 },
  dislike: { sentiment: -0.5, intensity: 0.5 },
  love: { sentiment: 1, intensity: 1 },
  wow: { sentiment: 0.5, intensity: 0.75 },
  angry: { sentiment: -1, intensity: 1 },
  happy: { sentiment: 0.75, intensity: 0.5 },
  neutral: { sentiment: 0, intensity: 0 },
  sad: { sentiment: -0.75, intensity: 0.5 },
  hate: { sentiment: -1, intensity: 1 },
  idea: { sentiment: 0.5, intensity: 0.5 },
  error: { sentiment: -0.5, intensity: 0.5 },
  other: { sentiment: 0, intensity: 0 },
};

/**
 * The weights of each item: those of the configuration, which is taken at its word when it weighs anything; else
 * those that values are known for.
 */
export function weightsOf(items: readonly SchemaItem[]): readonly Weights[] {
  const weighed = items.some(
    ({ sentiment, intensity }) => sentiment !== undefined || intensity !== undefined,
  );
  if (weighed) return items;
  return items.map(({ value }) => (Object.hasOwn(WELL_KNOWN, value) ? WELL_KNOWN[value]! : {}));
}
