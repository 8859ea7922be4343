import { Temporal } from 'temporal-polyfill';

const FORM = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const EARLIEST_YEAR = 1970;
/** Clocks of other systems are not ours; a day is more than any of them is wrong. */
const AHEAD_MS = 24 * 3_600_000;
/** Offsets that are remembered; more dates than that make it start over. */
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

/**
 * Places dates without a zone (`2024-03-08 00:29:00`) in the zone of their source. A local time that the clock jumped
 * over is refused; one that it went through twice is the earlier instant. Asking for an offset takes microseconds, so
 * days, and on days of a change hours, that have one offset are remembered.
 */
export class LocalDates {
  private readonly offsets = new Map<string, Remembered>();
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
    const local = millisecondsOf(text);
    if (local === undefined) return { problem: 'must be a date and time of the calendar' };
    if (Number(text.slice(0, 4)) < EARLIEST_YEAR) return { problem: 'must not be before 1970' };
    const offset = this.offsetOf(text);
    if (!offset) {
      return { problem: `must exist in the time zone ${this.timeZone}, where the clock jumped over it` };
    }
    if (local - offset.ms > this.latest) return { problem: 'must not be more than 24 hours ahead' };
    return { instant: text + offset.text };
  }

  /** Undefined for a local time that does not exist. */
  private offsetOf(text: string): Offset | undefined {
    const day = text.slice(0, 10);
    const known = this.remember(day, `${day} 00:00:00`, `${day} 23:59:59`);
    if (known !== 'varies') return known;
    const hour = text.slice(0, 13);
    const exact = this.remember(hour, `${hour}:00:00`, `${hour}:59:59`);
    return exact === 'varies' ? this.ask(text)?.offset : exact;
  }

  private remember(span: string, first: string, last: string): Remembered {
    const known = this.offsets.get(span);
    if (known) return known;
    const [from, to] = [this.ask(first), this.ask(last)];
    const steady = from?.once && to?.once && from.offset.ms === to.offset.ms;
    const found = steady ? from.offset : 'varies';
    if (this.offsets.size >= MAX_REMEMBERED) this.offsets.clear();
    this.offsets.set(span, found);
    return found;
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

/** Milliseconds since 1970 if the clock ran on UTC; undefined for what the calendar does not have. */
function millisecondsOf(text: string): number | undefined {
  const at = (from: number, to: number) => Number(text.slice(from, to));
  const [year, month, day] = [at(0, 4), at(5, 7), at(8, 10)];
  const [hour, minute, second] = [at(11, 13), at(14, 16), at(17, 19)];
  if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  // The 30th of February becomes a day of March; a year below 100 becomes another one, which is refused anyway.
  return new Date(time).getUTCDate() === day ? time : undefined;
}
