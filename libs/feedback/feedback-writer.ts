import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/events/event-log.js';
import { EventLog } from '#libs/events/event-log.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GroupCommit } from '#libs/platform/group-commit/group-commit.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import type { Feedback } from './feedback.entity.js';
import { FeedbackStore } from './feedback.store.js';

/** A row with what is written beside it. */
interface Creation {
  readonly row: Feedback;
  readonly accountId: string;
  readonly actor: Actor;
  readonly claim: IdempotencyClaim | undefined;
}

/** Undefined: the key of the creation is known, and nothing was written for it. */
type Written = number | undefined;

/** The road that new feedback takes to the disk: rows, events and idempotency keys of many requests by one commit. */
@Injectable()
export class FeedbackWriter {
  private readonly road: GroupCommit<Creation, { readonly id: Written }>;

  constructor(
    private readonly db: Database,
    private readonly store: FeedbackStore,
    private readonly events: EventLog,
    private readonly idempotency: Idempotency,
    metrics: Metrics,
  ) {
    this.road = new GroupCommit({ name: 'feedback', metrics, write: (batch) => this.write(batch) });
  }

  /**
   * Resolves when the row is durable, with its id; with an earlier request's id when the key was used before.
   * @throws DomainError conflict (the key is in flight), unprocessable (the key stands for another request), unavailable
   */
  create(creation: Creation): Promise<Once<number>> {
    const { claim } = creation;
    return this.idempotency.alone(claim, async () => {
      const { id } = await this.road.add(creation);
      if (id !== undefined) return { result: id, replayed: false };
      const earlier = claim && (await this.idempotency.find<number>(claim));
      if (earlier) return earlier;
      throw new DomainError('unavailable', 'idempotency-key', 'The key has just expired. Please try again.', {
        retryAfter: 1,
      });
    });
  }

  private async write(batch: readonly Creation[]): Promise<{ id: Written }[]> {
    const claims = batch.flatMap(({ claim, row }) => (claim ? [{ claim, result: row.id }] : []));
    if (claims.length === 0) {
      await this.insert(batch);
      return batch.map(({ row }) => ({ id: row.id }));
    }
    return this.db.transaction(async () => {
      const granted = await this.idempotency.claimMany(claims);
      let next = 0;
      const written = batch.map(({ claim }) => claim === undefined || granted[next++]!);
      const fresh = batch.filter((_, index) => written[index]);
      if (fresh.length > 0) await this.insert(fresh);
      return batch.map(({ row }, index) => ({ id: written[index] ? row.id : undefined }));
    });
  }

  /** One round trip, and a commit of its own outside a transaction. */
  private insert(batch: readonly Creation[]): Promise<void> {
    return this.db.writeTogether([
      this.store.insertMany(batch.map(({ row }) => row)),
      this.events.statement(
        batch.map(({ row, accountId, actor }) => ({
          type: 'feedback.created',
          accountId,
          projectId: row.projectId,
          actor,
          subjectId: row.id,
        })),
      ),
    ]);
  }
}
