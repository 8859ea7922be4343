import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { addDays, dayIn, daysBetween } from './days.js';
import { type CountCell, type CountFilter, FeedbackCountsStore } from './feedback-counts.store.js';
import { type Duration, HandlingTimesStore } from './handling-times.store.js';
import { type CountedIssue, IssueCountsStore } from './issue-counts.store.js';
import { SENTIMENTS, type SentimentName } from './sentiment-name.js';

export const MAX_DAYS = 366;
const DEFAULT_DAYS = 30;
const MAX_LABELS = 50;
const MAX_ISSUES = 50;

/** Days left out: the last 30 days of the project, today included. */
export interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Of one project. */
export type CountSelection = Omit<CountFilter, 'projectIds' | 'from' | 'to'> &
  DayRange & { readonly projectId: number };

/** Of one project, whole or one channel of it. */
export type RangeSelection = Pick<CountSelection, 'projectId' | 'channelId' | 'from' | 'to'>;

/** Of one project, or of all of the account. */
export type FacetSelection = Omit<CountSelection, 'projectId'> & { readonly projectId?: number | undefined };

export interface Volume {
  readonly total: number;
  readonly byDialect: Readonly<Record<string, number>>;
  readonly bySentiment: Readonly<Record<SentimentName, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
}

export interface DayVolume extends Volume {
  readonly day: string;
}

/** Days, in the time zone whose days they are. */
interface Range {
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
}

/** Per day of the range, and over all of it. */
export interface ByDay<Day, All> extends Range {
  readonly days: readonly Day[];
  readonly all: All;
}

export interface Facets extends Volume {
  readonly byLabel: readonly { readonly label: string; readonly count: number }[];
  readonly byDay: readonly { readonly day: string; readonly count: number }[];
}

/** How much of a range's feedback is about an issue. */
export interface IssueVolume {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly count: number;
  /** One number a day of the range, oldest first. */
  readonly perDay: readonly number[];
}

export interface IssueVolumes extends Range {
  readonly issues: readonly IssueVolume[];
}

/** Null: none in that time. */
export interface Handling {
  readonly acknowledged: Duration | null;
  readonly resolved: Duration | null;
}

/** What a project's feedback amounts to, by day in the project's time zone. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly counts: FeedbackCountsStore,
    private readonly times: HandlingTimesStore,
    private readonly issueCounts: IssueCountsStore,
    private readonly projects: ProjectsService,
    private readonly channels: ChannelsService,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** How much came. Exact at every moment. @throws DomainError not_found (project, channel), invalid (range) */
  async volume(by: Principal, selection: CountSelection): Promise<ByDay<DayVolume, Volume>> {
    const range = await this.range(by, selection);
    const cells = await this.counts.cells(
      { ...selection, ...range, projectIds: [selection.projectId] },
      'daily',
    );
    const byDay = Map.groupBy(cells, ({ day }) => day);
    return {
      ...range,
      days: daysBetween(range.from, range.to).map((day) => Object.assign({ day }, sum(byDay.get(day) ?? []))),
      all: sum(cells),
    };
  }

  /**
   * The same counts, to choose by.
   * @throws DomainError as `volume`; invalid (a channel without its project)
   */
  async facets(by: Principal, selection: FacetSelection): Promise<Facets> {
    const { projectId } = selection;
    const range =
      projectId === undefined
        ? this.accountRange(selection)
        : await this.range(by, { ...selection, projectId });
    const projectIds = projectId === undefined ? await this.projects.ids(by) : [projectId];
    const filter = { ...selection, ...range, projectIds };
    const [cells, byLabel] = await Promise.all([
      this.counts.cells(filter, 'overall'),
      this.counts.labels(filter, MAX_LABELS),
    ]);
    const byDay = cells.flatMap(({ day, count }) => (day === null ? [] : [{ day, count }]));
    return { ...sum(cells.filter(({ day }) => day === null)), byLabel, byDay };
  }

  /**
   * How long it took to acknowledge and to resolve, by the day on which that happened.
   * @throws DomainError as `volume`
   */
  async handling(
    by: Principal,
    selection: RangeSelection,
  ): Promise<ByDay<Handling & { readonly day: string }, Handling>> {
    const range = await this.range(by, selection);
    const filter = { ...selection, ...range };
    const [acknowledged, resolved] = await Promise.all([
      this.times.durations('acknowledged', filter),
      this.times.durations('resolved', filter),
    ]);
    const on = (day: string | null): Handling => ({
      acknowledged: duration(acknowledged.find((each) => each.day === day)),
      resolved: duration(resolved.find((each) => each.day === day)),
    });
    return {
      ...range,
      days: daysBetween(range.from, range.to).map((day) => Object.assign({ day }, on(day))),
      all: on(null),
    };
  }

  /**
   * The 50 issues that most feedback of the range is about, by the day of the feedback. Exact at every moment.
   * @throws DomainError as `volume`
   */
  async issues(by: Principal, selection: RangeSelection): Promise<IssueVolumes> {
    const range = await this.range(by, selection);
    const found = await this.issueCounts.top({ ...selection, ...range }, MAX_ISSUES);
    const length = daysBetween(range.from, range.to).length;
    return { ...range, issues: found.map((issue) => perDay(issue, length)) };
  }

  /** Folds what was counted since the last time into the days. @returns how many changes that were */
  fold(): Promise<number> {
    return this.db.transaction(async () => (await this.counts.fold()) + (await this.issueCounts.fold()));
  }

  private async range(by: Principal, { projectId, channelId, ...days }: RangeSelection): Promise<Range> {
    const { timeZone } = await this.projects.get(by, projectId);
    if (channelId !== undefined) await this.channels.get(by, projectId, channelId);
    return { timeZone, ...this.days(days, timeZone) };
  }

  /** Today is UTC's where projects differ in theirs. */
  private accountRange({ channelId, ...days }: FacetSelection): { from: string; to: string } {
    if (channelId !== undefined) throw wrong('channelId', 'channelId needs projectId');
    return this.days(days, 'UTC');
  }

  private days({ from, to }: DayRange, timeZone: string): { from: string; to: string } {
    const last = to ?? (from ? addDays(from, DEFAULT_DAYS - 1) : dayIn(timeZone, this.clock.now()));
    const first = from ?? addDays(last, 1 - DEFAULT_DAYS);
    if (first > last) throw wrong('from', 'from must not be later than to');
    if (addDays(first, MAX_DAYS - 1) < last) throw wrong('from', `from and to may span ${MAX_DAYS} days`);
    return { from: first, to: last };
  }
}

function wrong(field: string, message: string): DomainError {
  return new DomainError('invalid', 'statistics', message, { violations: [{ field, message }] });
}

/** Of cells that are each about one attribute, or about none for the total. */
function sum(cells: readonly CountCell[]): Volume {
  const none = Object.fromEntries(SENTIMENTS.map((name) => [name, 0])) as Record<SentimentName, number>;
  return {
    total: cells
      .filter(({ dialect, status, sentiment }) => dialect === null && status === null && sentiment === null)
      .reduce((total, { count }) => total + count, 0),
    byDialect: tally(cells, ({ dialect }) => dialect),
    bySentiment: { ...none, ...tally(cells, ({ sentiment }) => sentiment) },
    byStatus: tally(cells, ({ status }) => status),
  };
}

function tally(
  cells: readonly CountCell[],
  name: (cell: CountCell) => string | null,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const cell of cells) {
    const of = name(cell);
    if (of !== null) sums[of] = (sums[of] ?? 0) + cell.count;
  }
  return sums;
}

function perDay({ id, name, status, count, days, counts }: CountedIssue, length: number): IssueVolume {
  const perDay = Array.from({ length }, () => 0);
  for (const [index, day] of days.entries()) perDay[day]! += counts[index]!;
  return { id, name, status, count, perDay };
}

function duration(found: Duration | undefined): Duration | null {
  return found ? { count: found.count, median: found.median, p90: found.p90 } : null;
}
