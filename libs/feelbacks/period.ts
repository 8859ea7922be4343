import { EARLIEST } from '#libs/platform/clock/instant.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Grain } from './rollup.entity.js';

/** Spans of time that feelbacks are counted over, all in UTC; weeks begin on Monday (ISO 8601). */
export const PERIODS = [
  'day',
  'week',
  'month',
  'year',
  'lifetime',
  'rolling7d',
  'rolling28d',
  'rolling12m',
] as const;

export type Period = (typeof PERIODS)[number];

/** Which span of its kind: the one that `reference` lies in, moved by `shift` whole spans. */
export interface PeriodRequest {
  readonly period: Period;
  /** Default now. */
  readonly reference?: Date | undefined;
  /** A whole number, negative for the past; default 0. A lifetime knows none. */
  readonly shift?: number | undefined;
}

/** One span of time, cut into data points. */
export interface Window {
  readonly period: Period;
  /** Where the span begins; of rolling spans, the day or month that they end with. */
  readonly reference: Date;
  readonly grain: Exclude<Grain, 'life'>;
  /** Where each data point begins, oldest first. */
  readonly starts: readonly Date[];
}

/** Where the last day begins whose year has four digits, as does that of `EARLIEST`. */
const LAST = utc(9999, 11, 31).getTime();

/**
 * @param born when what is counted was made: a lifetime begins there
 * @throws DomainError invalid
 */
export function windowOf({ period, reference, shift = 0 }: PeriodRequest, now: Date, born: Date): Window {
  const at = reference ?? now;
  if (Number.isNaN(at.getTime())) throw wrong('reference', 'must be a moment');
  if (!Number.isSafeInteger(shift)) throw wrong('shift', 'must be a whole number');
  const window = cut(period, at, shift, now, born);
  // A date that leads too far is none: its month has no days.
  const bounds = [window.reference, window.starts[0], window.starts.at(-1)];
  if (!bounds.every((bound) => bound && bound.getTime() >= EARLIEST && bound.getTime() <= LAST))
    throw wrong(shift === 0 ? 'reference' : 'shift', 'leads out of the calendar');
  return window;
}

function cut(period: Period, at: Date, shift: number, now: Date, born: Date): Window {
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (period) {
    case 'day': {
      const start = utc(year, month, date + shift);
      return { period, reference: start, grain: 'hour', starts: hours(start) };
    }
    case 'week': {
      const monday = date - ((at.getUTCDay() + 6) % 7);
      const start = utc(year, month, monday + 7 * shift);
      return { period, reference: start, grain: 'day', starts: days(start, 7) };
    }
    case 'month': {
      const start = utc(year, month + shift, 1);
      return { period, reference: start, grain: 'day', starts: days(start, daysOfMonth(start)) };
    }
    case 'year': {
      const start = utc(year + shift, 0, 1);
      return { period, reference: start, grain: 'month', starts: months(start, 12) };
    }
    case 'rolling7d':
      return rollingDays(period, utc(year, month, date + 7 * shift), 7);
    case 'rolling28d':
      return rollingDays(period, utc(year, month, date + 28 * shift), 28);
    case 'rolling12m': {
      const last = utc(year, month + 12 * shift, 1);
      const first = utc(last.getUTCFullYear(), last.getUTCMonth() - 11, 1);
      return { period, reference: last, grain: 'month', starts: months(first, 12) };
    }
    case 'lifetime': {
      const start = utc(born.getUTCFullYear(), born.getUTCMonth(), 1);
      const count = Math.max(1, monthNumber(now) - monthNumber(start) + 1);
      return { period, reference: start, grain: 'month', starts: months(start, count) };
    }
  }
}

function rollingDays(period: Period, last: Date, count: number): Window {
  const first = utc(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate() - count + 1);
  return { period, reference: last, grain: 'day', starts: days(first, count) };
}

/** Where the rollups begin that a moment counts in. */
export function startsOf(moment: Date): Readonly<Record<Grain, Date>> {
  const time = moment.getTime();
  return {
    hour: new Date(time - (((time % HOUR) + HOUR) % HOUR)),
    day: new Date(time - (((time % DAY) + DAY) % DAY)),
    month: utc(moment.getUTCFullYear(), moment.getUTCMonth(), 1),
    life: EPOCH,
  };
}

/** Where every life begins. */
export const EPOCH = new Date(0);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `Date.UTC` takes years below 100 for those of the last century. */
function utc(year: number, month: number, date: number): Date {
  const day = new Date(0);
  day.setUTCFullYear(year, month, date);
  return day;
}

function hours(start: Date): Date[] {
  return Array.from({ length: 24 }, (_, n) => new Date(start.getTime() + n * HOUR));
}

function days(start: Date, count: number): Date[] {
  return Array.from({ length: count }, (_, n) => new Date(start.getTime() + n * DAY));
}

function months(start: Date, count: number): Date[] {
  return Array.from({ length: count }, (_, n) => utc(start.getUTCFullYear(), start.getUTCMonth() + n, 1));
}

function daysOfMonth(start: Date): number {
  return utc(start.getUTCFullYear(), start.getUTCMonth() + 1, 0).getUTCDate();
}

function monthNumber(moment: Date): number {
  return moment.getUTCFullYear() * 12 + moment.getUTCMonth();
}

function wrong(field: string, rule: string): DomainError {
  const message = `${field} ${rule}.`;
  return new DomainError('invalid', 'period', message, { violations: [{ field, message }] });
}
