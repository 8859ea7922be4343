import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/events/event-log.js';
import { EventLog } from '#libs/events/event-log.js';
import { IssueNames } from '#libs/issues/issue-names.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database, type Statement } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GroupCommit } from '#libs/platform/group-commit/group-commit.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import type { Feedback } from './feedback.entity.js';
import { FeedbackStore } from './feedback.store.js';
import { FeedbackIssuesStore, type NewLink } from './issues/feedback-issues.store.js';
import { linkOf } from './issues/link-of.js';

/** A row with what is written beside it. */
export interface Creation {
  readonly row: Feedback;
  readonly accountId: string;
  readonly actor: Actor;
  /** Issues that the feedback is about, each once; made when they are not there. */
  readonly issueNames: readonly string[];
}

interface ClaimedCreation extends Creation {
  readonly claim: IdempotencyClaim | undefined;
}

/** Undefined: the key of the creation is known, and nothing was written for it. */
type Written = number | undefined;

type Road = GroupCommit<ClaimedCreation, { readonly id: Written }>;

/**
 * The road that new feedback takes to the disk: rows, events and idempotency keys of many requests by one commit.
 * Feedback that names issues waits for whoever else holds them, so it has a road of its own.
 */
@Injectable()
export class FeedbackWriter {
  private readonly road: Road;
  private readonly issuesRoad: Road;

  constructor(
    private readonly db: Database,
    private readonly store: FeedbackStore,
    private readonly issues: FeedbackIssuesStore,
    private readonly names: IssueNames,
    private readonly events: EventLog,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    const write = (batch: readonly ClaimedCreation[]) => this.writeBatch(batch);
    this.road = new GroupCommit({ name: 'feedback', metrics, write });
    this.issuesRoad = new GroupCommit({ name: 'feedback-with-issues', metrics, write });
  }

  /**
   * Resolves when the row is durable, with its id; with an earlier request's id when the key was used before.
   * @throws DomainError conflict (the key is in flight), unprocessable (the key stands for another request), unavailable
   */
  create(creation: Creation, claim: IdempotencyClaim | undefined): Promise<Once<number>> {
    const road = creation.issueNames.length > 0 ? this.issuesRoad : this.road;
    return this.idempotency.alone(claim, async () => {
      const { id } = await road.add({ ...creation, claim });
      if (id !== undefined) return { result: id, replayed: false };
      const earlier = claim && (await this.idempotency.find<number>(claim));
      if (earlier) return earlier;
      throw new DomainError('unavailable', 'idempotency-key', 'The key has just expired. Please try again.', {
        retryAfter: 1,
      });
    });
  }

  /** Writes rows by one round trip and a commit of its own; inside the open transaction when there is one. */
  async write(batch: readonly Creation[]): Promise<void> {
    if (batch.every(({ issueNames }) => issueNames.length === 0)) {
      return this.db.writeTogether(this.statements(batch));
    }
    return this.db.transaction(async () => {
      const links = await this.resolve(batch);
      await this.db.writeTogether([
        this.rows(batch),
        ...this.issues.change([...links.values()].flat(), [], this.clock.now()),
        this.created(batch, links),
      ]);
    });
  }

  /** The statements that write rows which name no issues, for those who write them together with others. */
  statements(batch: readonly Creation[]): Statement[] {
    return [this.rows(batch), this.created(batch, new Map())];
  }

  private async writeBatch(batch: readonly ClaimedCreation[]): Promise<{ id: Written }[]> {
    const claims = batch.flatMap(({ claim, row }) => (claim ? [{ claim, result: row.id }] : []));
    if (claims.length === 0) {
      await this.write(batch);
      return batch.map(({ row }) => ({ id: row.id }));
    }
    return this.db.transaction(async () => {
      const granted = await this.idempotency.claimMany(claims);
      let next = 0;
      const written = batch.map(({ claim }) => claim === undefined || granted[next++]!);
      const fresh = batch.filter((_, index) => written[index]);
      if (fresh.length > 0) await this.write(fresh);
      return batch.map(({ row }, index) => ({ id: written[index] ? row.id : undefined }));
    });
  }

  /** The links of each feedback that names issues, whose rows are held from here on. */
  private async resolve(batch: readonly Creation[]): Promise<Map<number, NewLink[]>> {
    const wanted = batch.flatMap(({ row, accountId, actor, issueNames }) =>
      issueNames.map((name) => ({ projectId: row.projectId, name, accountId, actor, row })),
    );
    const held = await this.names.resolve(wanted);
    const links = wanted.map((issue) => linkOf(issue.row, held.idOf(issue)!));
    return Map.groupBy(links, ({ feedbackId }) => feedbackId);
  }

  private rows(batch: readonly Creation[]): Statement {
    return this.store.insertMany(batch.map(({ row }) => row));
  }

  private created(batch: readonly Creation[], links: ReadonlyMap<number, readonly NewLink[]>): Statement {
    return this.events.statement(
      batch.map(({ row, accountId, actor }) => {
        const issueIds = links.get(row.id)?.map(({ issueId }) => issueId);
        return {
          type: 'feedback.created',
          accountId,
          projectId: row.projectId,
          actor,
          subjectId: row.id,
          ...(issueIds && { data: { issueIds } }),
        };
      }),
    );
  }
}
