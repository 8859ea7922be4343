import type {
  ByDay,
  DayVolume,
  Handling,
  IssueVolumes,
  Volume,
} from '#libs/statistics/statistics.service.js';
import type {
  HandlingStatistics,
  HandlingView,
  IssueStatistics,
  VolumeStatistics,
  VolumeView,
} from './statistics.dto.js';

export function toVolumeStatistics({ days, all, ...range }: ByDay<DayVolume, Volume>): VolumeStatistics {
  return {
    ...toRange(range),
    days: days.map((each) => Object.assign({ day: each.day }, toVolumeView(each))),
    all: toVolumeView(all),
  };
}

export function toHandlingStatistics({
  days,
  all,
  ...range
}: ByDay<Handling & { readonly day: string }, Handling>): HandlingStatistics {
  return {
    ...toRange(range),
    days: days.map((each) => Object.assign({ day: each.day }, toHandling(each))),
    all: toHandling(all),
  };
}

export function toIssueStatistics({ issues, ...range }: IssueVolumes): IssueStatistics {
  return {
    ...toRange(range),
    issues: issues.map(({ id, name, status, count, perDay }) => ({
      id,
      name,
      status,
      count,
      perDay: [...perDay],
    })),
  };
}

function toRange({ timeZone, from, to }: { timeZone: string; from: string; to: string }) {
  return { timeZone, from, to };
}

export function toVolumeView({ total, byDialect, bySentiment, byStatus }: Volume): VolumeView {
  return { total, byDialect: { ...byDialect }, bySentiment: { ...bySentiment }, byStatus: { ...byStatus } };
}

function toHandling({ acknowledged, resolved }: Handling): HandlingView {
  return { acknowledged: acknowledged && { ...acknowledged }, resolved: resolved && { ...resolved } };
}
