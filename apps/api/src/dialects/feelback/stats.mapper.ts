import { createHash } from 'node:crypto';
import type { Principal } from '#libs/accounts/principal.js';
import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import type { Content } from '#libs/content-sets/content.entity.js';
import type { Aggregation } from '#libs/feelbacks/aggregation.js';
import type { Period, PeriodRequest } from '#libs/feelbacks/period.js';
import type { Statistics } from '#libs/feelbacks/statistics.js';
import type { Top, TopPeriod, TopRequest } from '#libs/feelbacks/statistics.service.js';
import { instantOf } from '#apps/api/src/http/validation/is-instant.js';
import type { ContentSetWithStats } from './dto/content-set.dto.js';
import type { ContentItemWithStats, ContentTopQueryModel } from './dto/content.dto.js';
import type { Sized } from './dto/paging.dto.js';
import type { AggregatedData, AggregationView, StatsFilter } from './dto/stats.dto.js';
import { toContent } from './content.mapper.js';
import { toSet } from './content-set.mapper.js';
import { projectNumber } from './project.mapper.js';

const ENTITY = { project: 'project', 'content-set': 'contentSet', content: 'contentItem' } as const;

export function toPeriod({ period, reference, shift }: StatsFilter): PeriodRequest {
  return {
    period: period ?? 'month',
    reference: reference == null ? undefined : instantOf(reference),
    shift: shift ?? 0,
  };
}

type TopQuery = Sized & { readonly projectId?: string; readonly period?: TopPeriod };

export function toTopRequest({ $size, projectId, period }: TopQuery): TopRequest {
  return {
    size: $size,
    projectId: projectId == null ? undefined : projectNumber(projectId),
    period: period ?? 'rolling28d',
  };
}

export function toContentTopRequest(query: ContentTopQueryModel) {
  return { ...toTopRequest(query), contentSetId: query.contentSetId ?? undefined };
}

export function toRankedSet({ entity, statistics }: Top<ContentSet>): ContentSetWithStats {
  return { ...toSet(entity), stats: toAggregatedData(statistics) };
}

export function toRankedContent(
  { entity, statistics }: Top<Content>,
  reader: Pick<Principal, 'accountId'>,
): ContentItemWithStats {
  return { ...toContent(entity, reader), stats: toAggregatedData(statistics) };
}

export function toAggregatedData(statistics: Statistics): AggregatedData {
  const { accountId, projectId, contentSetId, entityId, period, reference } = statistics;
  const entity = ENTITY[statistics.entity];
  const data = toAggregation(statistics.aggregation, period);
  const summary = 'summary' in data ? data.summary : undefined;
  return {
    id: nameUuid([accountId, entity, entityId, period, reference.toISOString()].join(' ')),
    accountId,
    projectId: String(projectId),
    ...(contentSetId !== undefined && { contentSetId }),
    createdAt: statistics.createdAt.toISOString(),
    updatedAt: statistics.updatedAt.toISOString(),
    entity,
    entityId,
    period,
    referenceDate: reference.toISOString(),
    data,
    count: data.count,
    ...(summary !== undefined && { summary }),
  };
}

function toAggregation({ schema, points, total }: Aggregation, period: Period): AggregationView {
  const base = { period, values: points.map(({ count }) => count), count: total.count };
  const counts = [...(total.counts ?? [])];
  const { sentiment, intensity } = total;
  switch (schema) {
    case 'pulse':
    case 'message':
      return { ...base, schema };
    case 'yes-no':
      return {
        ...base,
        schema,
        points: points.map((point) => [...point.counts!]),
        counts,
        summary: sentiment!,
      };
    case 'rating':
      return {
        ...base,
        schema,
        points: points.map(({ count, average }) => [count, average!]),
        summary: total.average!,
      };
    case 'reaction':
      return {
        ...base,
        schema,
        points: points.map((point) => [point.counts, point.sentiment ?? 0, point.intensity ?? 0]),
        counts,
        ...(sentiment !== undefined && { summary: sentiment }),
        ...(intensity !== undefined && { intensity }),
      };
    case 'tagged-message':
      return {
        ...base,
        schema,
        points: points.map((point) => [point.counts, point.sentiment ?? 0]),
        counts,
        ...(sentiment !== undefined && { summary: sentiment }),
      };
  }
}

/** A UUID (version 8) that is the same for the same name. */
function nameUuid(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
