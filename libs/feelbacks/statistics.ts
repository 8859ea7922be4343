import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import type { Content } from '#libs/content-sets/content.entity.js';
import type { Counted } from '#libs/content-sets/schemas/buckets.js';
import type { Project } from '#libs/projects/project.entity.js';
import { aggregate, type Aggregation, ANY_FEELBACK, sum } from './aggregation.js';
import type { Period, Window } from './period.js';
import { WHOLE_PROJECT } from './rollup-deltas.js';
import type { CountedPoint, Counter } from './rollups.store.js';

/** What was counted for a project, a set or a content over a span of time. */
export interface Statistics {
  readonly entity: 'project' | 'content-set' | 'content';
  readonly entityId: string;
  readonly accountId: string;
  readonly projectId: number;
  /** Of a set its own id, of a content its set's; none of a project. */
  readonly contentSetId?: string;
  readonly period: Period;
  readonly reference: Date;
  /** The entity's. */
  readonly createdAt: Date;
  /** When something was last counted in the span; for nothing, when the entity was made. */
  readonly updatedAt: Date;
  readonly aggregation: Aggregation;
}

/** One thing that is counted. */
export interface Subject {
  readonly counter: Counter;
  readonly counted: Counted;
  readonly head: Pick<
    Statistics,
    'entity' | 'entityId' | 'accountId' | 'projectId' | 'contentSetId' | 'createdAt'
  >;
}

export function toStatistics(
  { head, counted }: Subject,
  window: Window,
  points: readonly CountedPoint[],
): Statistics {
  const byStart = new Map(points.map((point) => [point.start.getTime(), point]));
  const nothing = sum([]);
  const latest = Math.max(head.createdAt.getTime(), ...points.map(({ updatedAt }) => updatedAt.getTime()));
  return {
    ...head,
    period: window.period,
    reference: window.reference,
    updatedAt: new Date(latest),
    aggregation: aggregate(
      counted,
      window.starts.map((start) => byStart.get(start.getTime()) ?? nothing),
    ),
  };
}

export function projectSubject({ id, accountId, createdAt }: Project): Subject {
  return {
    counter: { projectId: id, scopeId: WHOLE_PROJECT, entityId: WHOLE_PROJECT },
    counted: ANY_FEELBACK,
    head: { entity: 'project', entityId: String(id), accountId, projectId: id, createdAt },
  };
}

export function setSubject(set: ContentSet): Subject {
  const { id, accountId, projectId, createdAt } = set;
  return {
    counter: { projectId, scopeId: WHOLE_PROJECT, entityId: id },
    counted: set,
    head: { entity: 'content-set', entityId: id, accountId, projectId, contentSetId: id, createdAt },
  };
}

export function contentSubject(content: Content, set: ContentSet): Subject {
  const { id, projectId, contentSetId, createdAt } = content;
  return {
    counter: contentCounter(content),
    counted: set,
    head: { entity: 'content', entityId: id, accountId: set.accountId, projectId, contentSetId, createdAt },
  };
}

export function contentCounter({
  projectId,
  contentSetId,
  id,
}: Pick<Content, 'projectId' | 'contentSetId' | 'id'>): Counter {
  return { projectId, scopeId: contentSetId, entityId: id };
}
