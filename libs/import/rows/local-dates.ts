import { Temporal } from 'temporal-polyfill';

const FORM = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const EARLIEST = '1970';
/** Clocks of other systems are not ours; a day is more than any of them is wrong. */
const AHEAD_MS = 24 * 3_600_000;
/** Days, and hours, that are remembered; more of them make it start over. */
const MAX_REMEMBERED = 50_000;

/** A date and time of a source, placed on the time line. */
export interface Placed {
  /** As PostgreSQL reads it: the local time with its offset from UTC. */
  readonly instant: string;
}

/** What is wrong with a date, for the one who sent it. */
export interface Misplaced {
  readonly problem: string;
}

/** An offset as `+01:00`, with its milliseconds. */
interface Offset {
  readonly text: string;
  readonly ms: number;
}

/** `varies`: the clock was changed meanwhile. */
type Remembered = Offset | 'varies';

/** A day of the calendar. */
interface Day {
  /** Milliseconds since 1970 at its first moment, if the clock ran on UTC. */
  readonly start: number;
  readonly offset: Remembered;
}

/**
 * Places dates without a zone (`2024-03-08 00:29:00`) in the zone of their source. A local time that the clock jumped
 * over is refused; one that it went through twice is the earlier instant. Asking for an offset takes microseconds, so
 * days, and on days of a change hours, that have one offset are remembered.
 */
export class LocalDates {
  private readonly days = new Map<string, Day>();
  private readonly hours = new Map<string, Remembered>();
  private readonly latest: number;

  /** @param timeZone an IANA name */
  constructor(
    private readonly timeZone: string,
    now: Date,
  ) {
    this.latest = now.getTime() + AHEAD_MS;
  }

  place(text: string): Placed | Misplaced {
    if (!FORM.test(text)) return { problem: 'must have the form YYYY-MM-DD HH:mm:ss' };
    const day = this.dayOf(text.slice(0, 10));
    const time = timeOf(text);
    if (!day || time === undefined) return { problem: 'must be a date and time of the calendar' };
    if (text < EARLIEST) return { problem: 'must not be before 1970' };
    const offset = day.offset === 'varies' ? this.offsetOf(text) : day.offset;
    if (!offset) {
      return { problem: `must exist in the time zone ${this.timeZone}, where the clock jumped over it` };
    }
    if (day.start + time - offset.ms > this.latest)
      return { problem: 'must not be more than 24 hours ahead' };
    return { instant: text + offset.text };
  }

  /** Undefined for a day that the calendar does not have. */
  private dayOf(day: string): Day | undefined {
    const known = this.days.get(day);
    if (known) return known;
    const start = startOf(day);
    if (start === undefined) return undefined;
    const found = { start, offset: this.steady(`${day} 00:00:00`, `${day} 23:59:59`) };
    remember(this.days, day, found);
    return found;
  }

  /** On a day when the clock is changed; undefined for a local time that does not exist. */
  private offsetOf(text: string): Offset | undefined {
    const hour = text.slice(0, 13);
    let known = this.hours.get(hour);
    if (!known) {
      known = this.steady(`${hour}:00:00`, `${hour}:59:59`);
      remember(this.hours, hour, known);
    }
    return known === 'varies' ? this.ask(text)?.offset : known;
  }

  /** The one offset of a span of time. */
  private steady(first: string, last: string): Remembered {
    const [from, to] = [this.ask(first), this.ask(last)];
    return from?.once && to?.once && from.offset.ms === to.offset.ms ? from.offset : 'varies';
  }

  /** The offset at a local time, the earlier one of two, and whether it is the only one; undefined in a gap. */
  private ask(text: string): { readonly offset: Offset; readonly once: boolean } | undefined {
    if (this.timeZone === 'UTC') return { offset: UTC, once: true };
    const local = Temporal.PlainDateTime.from(text.replace(' ', 'T'));
    const earlier = local.toZonedDateTime(this.timeZone, { disambiguation: 'earlier' });
    if (!earlier.toPlainDateTime().equals(local)) return undefined;
    const later = local.toZonedDateTime(this.timeZone, { disambiguation: 'later' });
    const offset = { text: earlier.offset, ms: earlier.offsetNanoseconds / 1e6 };
    return { offset, once: earlier.offsetNanoseconds === later.offsetNanoseconds };
  }
}

const UTC: Offset = { text: '+00:00', ms: 0 };

function remember<T>(known: Map<string, T>, name: string, value: T): void {
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(name, value);
}

/** Milliseconds since 1970 of a day in UTC; undefined for what the calendar does not have. */
function startOf(text: string): number | undefined {
  const [year, month, day] = [Number(text.slice(0, 4)), twoDigits(text, 5), twoDigits(text, 8)];
  if (month < 1 || month > 12 || day < 1) return undefined;
  const time = Date.UTC(year, month - 1, day);
  // The 30th of February becomes a day of March; a year below 100 becomes another one, which is refused anyway.
  return new Date(time).getUTCDate() === day ? time : undefined;
}

/** Milliseconds since midnight; undefined for what no clock shows. */
function timeOf(text: string): number | undefined {
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * 48;
}
