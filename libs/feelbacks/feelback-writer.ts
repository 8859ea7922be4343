import { Injectable } from '@nestjs/common';
import { EventLog } from '#libs/events/event-log.js';
import type { Feedback } from '#libs/feedback/feedback.entity.js';
import { MirroredFeedback } from '#libs/feedback/mirror/mirrored-feedback.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database } from '#libs/platform/database/database.js';
import { GroupCommit } from '#libs/platform/group-commit/group-commit.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import { ANYBODY } from './anybody.js';
import type { Feelback } from './feelback.entity.js';
import { FeelbacksStore } from './feelbacks.store.js';
import { deltasOf } from './rollup-deltas.js';
import { RollupsStore } from './rollups.store.js';

interface Creation {
  readonly row: Feelback;
  readonly accountId: string;
  /** The feedback that mirrors it. */
  readonly mirror: Feedback | undefined;
}

type Road = GroupCommit<Creation, undefined>;

/**
 * The road that new feelbacks take to the disk: rows, counts and events of many requests by one statement. Those that
 * are mirrored bring their feedback along, in the same statement, on a road of their own: votes do not wait for words.
 */
@Injectable()
export class FeelbackWriter {
  private readonly road: Road;
  private readonly mirroredRoad: Road;

  constructor(
    private readonly db: Database,
    private readonly store: FeelbacksStore,
    private readonly rollups: RollupsStore,
    private readonly events: EventLog,
    private readonly feedback: MirroredFeedback,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    const write = (batch: readonly Creation[]) => this.write(batch);
    this.road = new GroupCommit({ name: 'feelback', metrics, write });
    this.mirroredRoad = new GroupCommit({ name: 'feelback-with-feedback', metrics, write });
  }

  /** Resolves when the feelback is durable and counted. @throws DomainError unavailable */
  create(creation: Creation): Promise<undefined> {
    return (creation.mirror ? this.mirroredRoad : this.road).add(creation);
  }

  private async write(batch: readonly Creation[]): Promise<undefined[]> {
    const rows = batch.map(({ row }) => row);
    const deltas = deltasOf(rows.map((row) => ({ ...row, by: 1 })));
    const mirrors = batch.flatMap(({ mirror: row, accountId }) =>
      row ? [{ row, by: { ...ANYBODY, accountId } }] : [],
    );
    await this.db.writeTogether([
      ...(mirrors.length > 0 ? this.feedback.statements(mirrors) : []),
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
