import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn, BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';

/** How long one row counts; in the order of the alphabet, as the key has them. */
export const GRAINS = ['day', 'hour', 'life', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/**
 * How many feelbacks were given in one span of time: to a content, to a set, or in a project. Written in the
 * transaction of the feelbacks that it counts.
 *
 * `scopeId` is what the counted thing lies in: the set of a content; the nil UUID, which stands for the project, of a
 * set and of the project itself, whose `entityId` is the nil UUID, too.
 */
@Entity('feelback_rollup')
@Check('feelback_rollup_grain_check', `grain in ('hour', 'day', 'month', 'life')`)
export class Rollup {
  @BigIntKey('feelback_rollup_pkey')
  projectId!: number;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'feelback_rollup_pkey' })
  scopeId!: string;

  @PrimaryColumn({ type: 'varchar', length: 5, primaryKeyConstraintName: 'feelback_rollup_pkey' })
  grain!: Grain;

  /** Where the span begins, in UTC; the epoch for a life. */
  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    primaryKeyConstraintName: 'feelback_rollup_pkey',
  })
  start!: Date;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'feelback_rollup_pkey' })
  entityId!: string;

  /** Feelbacks that were given in the span and not revoked since. */
  @BigIntColumn()
  count!: number;

  /** The same by bucket; shorter than the set's list of values where the last ones are zero. Empty for a project. */
  @Column({ type: 'bigint', array: true })
  buckets!: string[];

  /** Feelbacks that were given in the span and revoked since. */
  @BigIntColumn()
  revoked!: number;

  /** When something was last counted here. */
  @TimeColumn()
  updatedAt!: Date;
}
