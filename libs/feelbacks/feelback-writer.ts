import { Injectable } from '@nestjs/common';
import { type Actor, EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database } from '#libs/platform/database/database.js';
import { GroupCommit } from '#libs/platform/group-commit/group-commit.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import type { Feelback } from './feelback.entity.js';
import { FeelbacksStore } from './feelbacks.store.js';
import { deltasOf } from './rollup-deltas.js';
import { RollupsStore } from './rollups.store.js';

interface Creation {
  readonly row: Feelback;
  readonly accountId: string;
}

/** Whoever gives a feelback is not known by name. */
const ANYBODY: Actor = { kind: 'anonymous', id: null };

/** The road that new feelbacks take to the disk: rows, counts and events of many requests by one statement. */
@Injectable()
export class FeelbackWriter {
  private readonly road: GroupCommit<Creation, undefined>;

  constructor(
    private readonly db: Database,
    private readonly store: FeelbacksStore,
    private readonly rollups: RollupsStore,
    private readonly events: EventLog,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.road = new GroupCommit({ name: 'feelback', metrics, write: (batch) => this.write(batch) });
  }

  /** Resolves when the feelback is durable and counted. @throws DomainError unavailable */
  create(creation: Creation): Promise<undefined> {
    return this.road.add(creation);
  }

  private async write(batch: readonly Creation[]): Promise<undefined[]> {
    const rows = batch.map(({ row }) => row);
    const deltas = deltasOf(rows.map((row) => ({ ...row, by: 1 })));
    await this.db.writeTogether([
      this.store.insertMany(rows),
      this.rollups.add(deltas, this.clock.now()),
      this.events.statement(
        batch.map(({ row, accountId }) => ({
          type: 'feelback.created',
          accountId,
          projectId: row.projectId,
          actor: ANYBODY,
          subjectId: row.id,
          data: { contentSetId: row.contentSetId, contentId: row.contentId },
        })),
      ),
    ]);
    return batch.map(() => undefined);
  }
}
