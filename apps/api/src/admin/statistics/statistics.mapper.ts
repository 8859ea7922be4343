import type { ByDay, DayVolume, Handling, Volume } from '#libs/statistics/statistics.service.js';
import type { HandlingStatistics, HandlingView, VolumeStatistics, VolumeView } from './statistics.dto.js';

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

function toRange({ timeZone, from, to }: { timeZone: string; from: string; to: string }) {
  return { timeZone, from, to };
}

export function toVolumeView({ total, byDialect, bySentiment, byStatus }: Volume): VolumeView {
  return { total, byDialect: { ...byDialect }, bySentiment: { ...bySentiment }, byStatus: { ...byStatus } };
}

function toHandling({ acknowledged, resolved }: Handling): HandlingView {
  return { acknowledged: acknowledged && { ...acknowledged }, resolved: resolved && { ...resolved } };
}
