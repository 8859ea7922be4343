import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { contentSetNotFound } from '#libs/content-sets/content-set-not-found.js';
import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import { ContentSetsService } from '#libs/content-sets/content-sets.service.js';
import { ContentTargets, type Target } from '#libs/content-sets/content-targets.js';
import type { Content } from '#libs/content-sets/content.entity.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GroupRead } from '#libs/platform/group-read/group-read.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { flatCounts, sum } from './aggregation.js';
import { type Period, type PeriodRequest, type Window, windowOf } from './period.js';
import { WHOLE_PROJECT } from './rollup-deltas.js';
import { type CountedPoint, type Counter, RollupsStore } from './rollups.store.js';
import {
  contentCounter,
  contentSubject,
  projectSubject,
  setSubject,
  type Statistics,
  type Subject,
  toStatistics,
} from './statistics.js';

/** What was given most, with its statistics. */
export interface Top<Entity> {
  readonly entity: Entity;
  readonly statistics: Statistics;
}

/** Periods that things are ranked over. */
export const TOP_PERIODS = ['week', 'month', 'year', 'rolling7d', 'rolling28d', 'rolling12m'] as const;
export type TopPeriod = (typeof TOP_PERIODS)[number];

export interface TopRequest {
  readonly period: TopPeriod;
  /** 1..100 */
  readonly size: number;
  readonly projectId?: number | undefined;
}

/** Reads counts, never feelbacks: what it costs does not depend on how many there are. */
@Injectable()
export class StatisticsService {
  /** Widgets of one page ask for the same at the same time. */
  private readonly lives: GroupRead<Counter, CountedPoint | undefined>;

  constructor(
    private readonly rollups: RollupsStore,
    private readonly targets: ContentTargets,
    private readonly projects: ProjectsService,
    private readonly sets: ContentSetsService,
    private readonly contents: ContentsService,
    private readonly clock: Clock,
  ) {
    this.lives = new GroupRead({
      read: (counters) => this.rollups.lives(counters),
      nameOf: ({ scopeId, entityId }) => scopeId + entityId,
    });
  }

  /**
   * The counts of a content as a flat list: see `flatCounts`. All zeros for a key that nobody has used yet.
   * @param by undefined for anybody, who may read public counts only
   * @throws DomainError not_found (set, content), forbidden, invalid (key)
   */
  async counts(by: Principal | undefined, target: Target, period: Period): Promise<readonly number[]> {
    const { set, content } = await this.targets.find(target);
    if (!set.publicAggregates && by?.accountId !== set.accountId)
      throw by
        ? contentSetNotFound()
        : new DomainError('forbidden', 'content-set', 'The counts of this content set are not public.');
    if (!content) return flatCounts(set, sum([]));
    const counter = contentCounter(content);
    if (period === 'lifetime') return flatCounts(set, (await this.lives.get(counter)) ?? sum([]));
    const window = windowOf({ period }, this.clock.now(), set.createdAt);
    const points = await this.rollups.read([counter], window.grain, window.starts);
    return flatCounts(set, sum(points.get(0) ?? []));
  }

  /** @throws DomainError not_found, invalid (period) */
  async ofProject(by: Principal, id: number, request: PeriodRequest): Promise<Statistics> {
    return this.one(projectSubject(await this.projects.get(by, id)), request);
  }

  /** @throws DomainError not_found, invalid (period) */
  async ofSet(by: Principal, id: string, request: PeriodRequest): Promise<Statistics> {
    return this.one(setSubject(await this.setOf(by, id)), request);
  }

  /** @throws DomainError not_found, invalid (period) */
  async ofContent(by: Principal, id: string, request: PeriodRequest): Promise<Statistics> {
    const content = await this.contents.get(by, id);
    return this.one(contentSubject(content, await this.setOf(by, content.contentSetId)), request);
  }

  /** The active sets that got most feelbacks; those without any are left out. */
  async topSets(by: Principal, { period, size, projectId }: TopRequest): Promise<Top<ContentSet>[]> {
    const now = this.clock.now();
    const sets = await this.sets.narrowed(by, { projectId });
    const byId = new Map(sets.map((set) => [set.id, set]));
    const scopes = [...new Set(sets.map((set) => set.projectId))].map((project) => ({
      projectId: project,
      scopeId: WHOLE_PROJECT,
    }));
    const window = windowOf({ period }, now, now);
    const ranked = await this.rollups.rank('content_set', scopes, window.grain, window.starts, size);
    const top = ranked.flatMap(({ entityId }) => byId.get(entityId) ?? []);
    const statistics = await this.many(
      top.map((set) => setSubject(set)),
      window,
    );
    return top.map((entity, index) => ({ entity, statistics: statistics[index]! }));
  }

  /** The active contents of active sets that got most feelbacks; those without any are left out. */
  async topContents(
    by: Principal,
    { period, size, projectId, contentSetId }: TopRequest & { readonly contentSetId?: string | undefined },
  ): Promise<Top<Content>[]> {
    const now = this.clock.now();
    const sets = await this.sets.narrowed(by, { projectId, contentSetId, state: 'active' });
    const scopes = sets.map((set) => ({ projectId: set.projectId, scopeId: set.id }));
    const window = windowOf({ period }, now, now);
    const ranked = await this.rollups.rank('content', scopes, window.grain, window.starts, size);
    const contents = await this.contents.findMany(
      ranked.map((one) => ({ projectId: one.projectId, id: one.entityId })),
    );
    const top = ranked.flatMap(({ entityId }) => contents.find(({ id }) => id === entityId) ?? []);
    const setOf = (content: Content) => sets.find(({ id }) => id === content.contentSetId)!;
    const statistics = await this.many(
      top.map((content) => contentSubject(content, setOf(content))),
      window,
    );
    return top.map((entity, index) => ({ entity, statistics: statistics[index]! }));
  }

  /** Dashboards ask again and again: what a set is comes from memory, what was counted never does. */
  private async setOf(by: Principal, id: string): Promise<ContentSet> {
    const { set } = await this.targets.set(id);
    if (set.accountId !== by.accountId) throw contentSetNotFound();
    return set;
  }

  private async one(subject: Subject, request: PeriodRequest): Promise<Statistics> {
    const window = windowOf(request, this.clock.now(), subject.head.createdAt);
    const [statistics] = await this.many([subject], window);
    return statistics!;
  }

  private async many(subjects: readonly Subject[], window: Window): Promise<Statistics[]> {
    const points = await this.rollups.read(
      subjects.map(({ counter }) => counter),
      window.grain,
      window.starts,
    );
    return subjects.map((subject, index) => toStatistics(subject, window, points.get(index) ?? []));
  }
}
