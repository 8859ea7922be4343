import { Temporal } from 'temporal-polyfill';

/** What a date looks like: a 0 stands for any digit. */
const FORM = Buffer.from('0000-00-00 00:00:00');
const DATE_LENGTH = FORM.length;
const [ZERO, NINE] = [0x30, 0x39];
const FIRST_YEAR = 1970;
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

/** How far a local time is ahead of UTC: as `+01:00`, and in milliseconds. */
export interface Offset {
  readonly text: string;
  readonly ms: number;
}

const NO_DATE: Misplaced = { problem: 'must have the form YYYY-MM-DD HH:mm:ss' };
const NEVER: Misplaced = { problem: 'must be a date and time of the calendar' };
const TOO_EARLY: Misplaced = { problem: `must not be before ${FIRST_YEAR}` };
const TOO_LATE: Misplaced = { problem: 'must not be more than 24 hours ahead' };

/** `varies`: the clock was changed meanwhile. */
type Remembered = Offset | 'varies';

/** A day of the calendar. */
interface Day {
  readonly year: number;
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
  /** By year, month and day as one number: 20240308. */
  private readonly days = new Map<number, Day>();
  private readonly hours = new Map<string, Remembered>();
  private readonly latest: number;
  private readonly scratch = Buffer.alloc(DATE_LENGTH);

  /** @param timeZone an IANA name */
  constructor(
    private readonly timeZone: string,
    now: Date,
  ) {
    this.latest = now.getTime() + AHEAD_MS;
  }

  place(text: string): Placed | Misplaced {
    // Characters beyond ASCII are several bytes, and none of them a digit.
    const offset =
      this.scratch.write(text) === text.length ? this.offsetAt(this.scratch, 0, text.length) : NO_DATE;
    return 'problem' in offset ? offset : { instant: text + offset.text };
  }

  /** The offset of a date that is ASCII text in `bytes`. */
  offsetAt(bytes: Buffer, from: number, to: number): Offset | Misplaced {
    if (to - from !== DATE_LENGTH || !hasForm(bytes, from)) return NO_DATE;
    const day = this.dayOf(bytes, from);
    const time = timeOf(bytes, from);
    if (!day || time === undefined) return NEVER;
    if (day.year < FIRST_YEAR) return TOO_EARLY;
    const offset = day.offset === 'varies' ? this.offsetOf(textOf(bytes, from)) : day.offset;
    if (!offset) {
      return { problem: `must exist in the time zone ${this.timeZone}, where the clock jumped over it` };
    }
    return day.start + time - offset.ms > this.latest ? TOO_LATE : offset;
  }

  /** Undefined for a day that the calendar does not have. */
  private dayOf(bytes: Buffer, at: number): Day | undefined {
    const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
    const [month, day] = [twoDigits(bytes, at + 5), twoDigits(bytes, at + 8)];
    const number = (year * 100 + month) * 100 + day;
    const known = this.days.get(number);
    if (known) return known;
    const start = startOf(year, month, day);
    if (start === undefined) return undefined;
    const text = textOf(bytes, at).slice(0, 10);
    const found = { year, start, offset: this.steady(`${text} 00:00:00`, `${text} 23:59:59`) };
    remember(this.days, number, found);
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

function remember<K, T>(known: Map<K, T>, name: K, value: T): void {
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(name, value);
}

function hasForm(bytes: Buffer, from: number): boolean {
  for (let at = 0; at < FORM.length; at++) {
    const byte = bytes[from + at]!;
    if (FORM[at] === ZERO ? byte < ZERO || byte > NINE : byte !== FORM[at]) return false;
  }
  return true;
}

function textOf(bytes: Buffer, from: number): string {
  return bytes.toString('latin1', from, from + FORM.length);
}

/** Milliseconds since 1970 of a day in UTC; undefined for what the calendar does not have. */
function startOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const time = Date.UTC(year, month - 1, day);
  // The 30th of February becomes a day of March; a year below 100 becomes another one, which is refused anyway.
  return new Date(time).getUTCDate() === day ? time : undefined;
}

/** Milliseconds since midnight; undefined for what no clock shows. */
function timeOf(bytes: Buffer, from: number): number | undefined {
  const [hour, minute, second] = [
    twoDigits(bytes, from + 11),
    twoDigits(bytes, from + 14),
    twoDigits(bytes, from + 17),
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function twoDigits(bytes: Buffer, at: number): number {
  return bytes[at]! * 10 + bytes[at + 1]! - 11 * ZERO;
}
