import { Injectable } from '@nestjs/common';
import { type Actor, EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GroupCommit } from '#libs/platform/group-commit/group-commit.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import { contentSetNotFound } from './content-set-not-found.js';
import type { ContentRef } from './content-ref.js';
import type { ContentSet } from './content-set.entity.js';
import { ContentSetsStore } from './content-sets.store.js';
import type { Content } from './content.entity.js';
import { ContentsStore } from './contents.store.js';
import { type ContentDetails, newContent } from './new-content.js';

interface Wanted {
  readonly set: Pick<ContentSet, 'projectId' | 'id'>;
  readonly key: string;
  readonly digest: Buffer;
}

/** Contents come up by themselves where visitors react. */
const ANYBODY: Actor = { kind: 'anonymous', id: null };

/**
 * Makes contents, at most as many as their set may have. Whoever does holds the set meanwhile, so that nobody makes
 * the same one twice and the set's count is right.
 */
@Injectable()
export class ContentCreator {
  private readonly road: GroupCommit<Wanted, ContentRef>;

  constructor(
    private readonly sets: ContentSetsStore,
    private readonly contents: ContentsStore,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    metrics: Metrics,
  ) {
    this.road = new GroupCommit({ name: 'content', metrics, write: (batch) => this.ensureMany(batch) });
  }

  /**
   * The content of a key; a new one where there is none.
   * @throws DomainError not_found (set), unprocessable (the set is full), unavailable
   */
  ensure(set: Pick<ContentSet, 'projectId' | 'id'>, key: string): Promise<ContentRef> {
    return this.road.add({ set, key, digest: sha256(key) });
  }

  /**
   * Makes one content, in the open transaction.
   * @throws DomainError conflict (key), not_found, unprocessable (the set is full)
   */
  async create(
    by: Actor,
    set: Pick<ContentSet, 'projectId' | 'id'>,
    key: string,
    details: ContentDetails,
  ): Promise<Content> {
    const held = await this.hold(set);
    const content = newContent(held, key, details, this.clock.now());
    const known = await this.contents.findByKey(content);
    if (known) throw new DomainError('conflict', 'content', 'The content set has a content with this key.');
    if (roomOf(held) < 1) throw full(held);
    await this.insert(by, held, [content]);
    return content;
  }

  private ensureMany(batch: readonly Wanted[]): Promise<(ContentRef | DomainError)[]> {
    return this.db.transaction(async () => {
      const answers = new Map<Wanted, ContentRef | DomainError>();
      const bySet = Map.groupBy(batch, ({ set }) => set.id);
      // In one order everywhere, or two batches could wait for each other.
      for (const [, wanted] of [...bySet].sort(([a], [b]) => (a < b ? -1 : 1))) {
        for (const [one, answer] of await this.ensureInSet(wanted)) answers.set(one, answer);
      }
      return batch.map((one) => answers.get(one)!);
    });
  }

  private async ensureInSet(wanted: readonly Wanted[]): Promise<Map<Wanted, ContentRef | DomainError>> {
    const { set } = wanted[0]!;
    const held = await this.sets.lock(set.projectId, set.id);
    if (!held) return new Map(wanted.map((one) => [one, contentSetNotFound()]));
    const byKey = new Map(wanted.map((one) => [one.digest.toString('hex'), one]));
    const refs = new Map<string, ContentRef>();
    const digests = [...byKey.values()].map(({ digest }) => digest);
    for (const { id, keyDigest, state } of await this.contents.findByKeys(held, digests))
      refs.set(keyDigest.toString('hex'), { projectId: held.projectId, id, contentSetId: held.id, state });
    const now = this.clock.now();
    const fresh = [...byKey]
      .filter(([digest]) => !refs.has(digest))
      .slice(0, Math.max(0, roomOf(held)))
      .map(([, { key }]) => newContent(held, key, {}, now));
    if (fresh.length > 0) await this.insert(ANYBODY, held, fresh);
    for (const content of fresh) refs.set(content.keyDigest.toString('hex'), content);
    return new Map(wanted.map((one) => [one, refs.get(one.digest.toString('hex')) ?? full(held)]));
  }

  private async insert(actor: Actor, set: ContentSet, contents: readonly Content[]): Promise<void> {
    await this.contents.insertMany(contents);
    await this.sets.addContents(set, contents.length);
    await this.events.append(
      contents.map(({ projectId, id }) => ({
        type: 'content.created',
        accountId: set.accountId,
        projectId,
        actor,
        subjectId: id,
        data: { contentSetId: set.id },
      })),
    );
  }

  private async hold({ projectId, id }: Pick<ContentSet, 'projectId' | 'id'>): Promise<ContentSet> {
    const held = await this.sets.lock(projectId, id);
    if (!held) throw contentSetNotFound();
    return held;
  }
}

function roomOf({ maxContents, contentCount }: ContentSet): number {
  return maxContents - contentCount;
}

function full({ maxContents }: ContentSet): DomainError {
  return new DomainError(
    'unprocessable',
    'content-set',
    `The content set is full: it takes ${maxContents} contents.`,
  );
}
