import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { ContentSetsService } from '#libs/content-sets/content-sets.service.js';
import type { OpenSet } from '#libs/content-sets/content-sets.store.js';
import { ContentTargets, type Target } from '#libs/content-sets/content-targets.js';
import type { ContentRef } from '#libs/content-sets/content-ref.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { checkValue, chosenItem } from '#libs/content-sets/schemas/check-value.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { projectUuid } from '#libs/platform/ids/project-uuid.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Feelback } from './feelback.entity.js';
import { ANYBODY } from './anybody.js';
import { FeelbackMirror } from './feelback-mirror.js';
import { feelbackNotFound } from './feelback-not-found.js';
import { FeelbackWriter } from './feelback-writer.js';
import { type FeelbackScope, FeelbacksStore, type FeelbackState } from './feelbacks.store.js';
import type { Profiling } from './profiling.js';
import { requireOpen } from './require-open.js';
import { allows, newRevocation, NOT_REVOCABLE, type Revocation } from './revocation.js';
import { deltasOf, type Move, WHOLE_PROJECT } from './rollup-deltas.js';
import { RollupsStore } from './rollups.store.js';

export interface NewFeelback {
  /** The public API that it came by. */
  readonly dialect: string;
  readonly target: Target;
  /** As it came in: the set's schema decides. */
  readonly value: unknown;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  readonly profiling?: Profiling | undefined;
  /** False: nobody will want it back. */
  readonly revocable?: boolean | undefined;
}

/** What whoever gave a feelback gets for it. */
export interface Receipt {
  readonly id: string;
  /** Left out where nothing can be taken back. */
  readonly revocation?: Revocation;
}

/** What a list of feelbacks is narrowed to; what is left out does not matter. */
export interface FeelbackFilter {
  readonly state?: FeelbackState | undefined;
  readonly projectId?: number | undefined;
  readonly contentSetId?: string | undefined;
  readonly contentId?: string | undefined;
}

@Injectable()
export class FeelbacksService {
  constructor(
    private readonly store: FeelbacksStore,
    private readonly rollups: RollupsStore,
    private readonly writer: FeelbackWriter,
    private readonly mirrors: FeelbackMirror,
    private readonly targets: ContentTargets,
    private readonly sets: ContentSetsService,
    private readonly contents: ContentsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /**
   * Takes a feelback of anybody; makes the content of an unknown key where the set allows it.
   * @throws DomainError not_found (set, content), invalid (key; value, with reason `invalid_value`), unprocessable
   * (something is not active, the set is full), unavailable
   */
  async create(input: NewFeelback): Promise<Receipt> {
    const found = await this.targets.find(input.target);
    requireOpen(found, found.content);
    const checked = checkValue(found.set, input.value);
    const content = found.content ?? (await this.make(found, input.target));
    const bucket = checked.bucket ?? (await this.targets.discover(found, chosenItem(checked.value)));
    const now = this.clock.now();
    const { issued, kept } =
      input.revocable === false
        ? { issued: undefined, kept: NOT_REVOCABLE }
        : newRevocation(found.set.revokeWindowSeconds, now);
    const row: Feelback = {
      projectId: content.projectId,
      id: projectUuid(content.projectId, now.getTime()),
      contentSetId: content.contentSetId,
      contentId: content.id,
      value: checked.value,
      bucket,
      context: input.context ?? null,
      profiling: input.profiling ?? null,
      ...kept,
      createdAt: now,
      updatedAt: now,
      revokedAt: null,
      feedbackId: null,
    };
    const mirror = await this.mirrors.row(found.set, row, input.dialect);
    await this.writer.create({
      row: mirror ? { ...row, feedbackId: mirror.id } : row,
      accountId: found.set.accountId,
      mirror,
    });
    return { id: row.id, ...(issued && { revocation: issued }) };
  }

  /**
   * Changes what a feelback says, where it was given: counts move within the span of its creation. The token is used
   * up, a new one with a new window takes its place.
   * @throws DomainError not_found (also when revoked), forbidden (token), invalid (value), unprocessable (not active)
   */
  async edit(id: string, token: string, value: unknown): Promise<Receipt> {
    const seen = this.holder(await this.store.find(id), token);
    const found = await this.targets.find({ contentId: seen.contentId });
    requireOpen(found, found.content);
    const checked = checkValue(found.set, value);
    const bucket = checked.bucket ?? (await this.targets.discover(found, chosenItem(checked.value)));
    const mirror = await this.mirrors.find(found.set, seen);
    return this.db.transaction(async () => {
      if (mirror) await this.mirrors.update(found.set, mirror, seen.value, checked.value);
      const held = this.holder(await this.store.lock(seen), token);
      const now = this.clock.now();
      const { issued, kept } = newRevocation(found.set.revokeWindowSeconds, now);
      await this.store.update({
        ...held,
        ...kept,
        value: checked.value,
        bucket,
        updatedAt: nextUpdate(now, held.updatedAt),
      });
      if (bucket !== held.bucket)
        await this.move([
          { ...held, by: -1 },
          { ...held, bucket, by: 1 },
        ]);
      await this.announce(held, found.set.accountId, 'feelback.edited');
      return { id: held.id, ...(issued && { revocation: issued }) };
    });
  }

  /** Takes a feelback back: it leaves every count. @throws DomainError not_found (also when revoked), forbidden (token) */
  async remove(id: string, token: string): Promise<void> {
    const seen = this.holder(await this.store.find(id), token);
    const { set } = await this.targets.set(seen.contentSetId);
    const mirror = await this.mirrors.find(set, seen);
    await this.db.transaction(async () => {
      if (mirror) await this.mirrors.remove(set, mirror);
      const held = this.holder(await this.store.lock(seen), token);
      const now = this.clock.now();
      await this.store.update({
        ...held,
        ...NOT_REVOCABLE,
        updatedAt: nextUpdate(now, held.updatedAt),
        revokedAt: now,
      });
      await this.move([{ ...held, by: -1, revoked: true }]);
      await this.announce(held, set.accountId, 'feelback.revoked');
    });
  }

  /** A feelback of the caller's account. @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<Feelback> {
    const feelback = await this.store.find(id);
    if (!feelback) throw feelbackNotFound();
    const { set } = await this.targets.set(feelback.contentSetId);
    if (set.accountId !== by.accountId) throw feelbackNotFound();
    return feelback;
  }

  /** Newest first. What is not the caller's has no feelbacks. The total comes from the counts. */
  async list(by: Principal, filter: FeelbackFilter, request: PageNumber): Promise<NumberedPage<Feelback>> {
    const scopes = await this.scopesOf(by, filter);
    const states = filter.state ? [filter.state] : (['active', 'revoked'] as const);
    const lives = await this.rollups.lives(
      scopes.map(({ projectId, contentSetId, contentId }) =>
        contentId === undefined
          ? { projectId, scopeId: WHOLE_PROJECT, entityId: contentSetId }
          : { projectId, scopeId: contentSetId, entityId: contentId },
      ),
    );
    const count = lives
      .filter((life) => life !== undefined)
      .flatMap(({ count: active, revoked }) => states.map((state) => (state === 'active' ? active : revoked)))
      .reduce((total, one) => total + one, 0);
    return { items: await this.store.page(scopes, states, request), total: count };
  }

  private async scopesOf(by: Principal, filter: FeelbackFilter): Promise<FeelbackScope[]> {
    const { projectId, contentSetId, contentId } = filter;
    if (contentId === undefined) {
      const sets = await this.sets.narrowed(by, { projectId, contentSetId });
      return sets.map((set) => ({ projectId: set.projectId, contentSetId: set.id }));
    }
    const content = await this.contents.find(by, contentId);
    if (
      !content ||
      (projectId !== undefined && content.projectId !== projectId) ||
      (contentSetId !== undefined && content.contentSetId !== contentSetId.toLowerCase())
    )
      return [];
    return [{ projectId: content.projectId, contentSetId: content.contentSetId, contentId: content.id }];
  }

  private make(set: OpenSet, target: Target): Promise<ContentRef> {
    // Contents that are named by their id are there.
    return this.targets.ensure(set, 'key' in target ? target.key : '');
  }

  /** @throws DomainError not_found, forbidden: what the token does not let its holder touch */
  private holder(feelback: Feelback | null, token: string): Feelback {
    if (!feelback || feelback.revokedAt) throw feelbackNotFound();
    if (!allows(feelback, token, this.clock.now()))
      throw new DomainError('forbidden', 'revoke-token', 'The revoke token is wrong or has expired.');
    return feelback;
  }

  private async move(moves: readonly Move[]): Promise<void> {
    await this.db.writeTogether([this.rollups.add(deltasOf(moves), this.clock.now())]);
  }

  private announce(feelback: Feelback, accountId: string, type: string): Promise<void> {
    const { projectId, id, contentSetId, contentId } = feelback;
    return this.events.append([
      {
        type,
        accountId,
        projectId,
        actor: ANYBODY,
        subjectId: id,
        data: { contentSetId, contentId },
      },
    ]);
  }
}
