import type { Schema, SchemaConfig, SchemaItem } from './schema.js';

/** What a set counts by. */
export interface Counted {
  readonly schema: Schema;
  readonly config: SchemaConfig;
  readonly discovered: readonly string[];
}

/** The values that may be chosen, in the order in which they are counted. */
export function itemsOf({ config, discovered }: Counted): readonly SchemaItem[] {
  return config.items ?? discovered.map((value) => ({ value }));
}

/** How many counts the set has. */
export function bucketCount(set: Counted): number {
  switch (set.schema) {
    case 'pulse':
    case 'message':
      return 1;
    case 'yes-no':
      return 2;
    case 'rating':
      return set.config.max! - set.config.min! + 1;
    case 'reaction':
    case 'tagged-message':
      return itemsOf(set).length;
  }
}
