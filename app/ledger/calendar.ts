import { addDays, DAY_MS, utcDate, utcMidnight } from './day';

/** More than any time zone has ever been ahead of UTC, or behind it. */
const OFFSET_MAX_MS = 24 * 3_600_000;

const SECOND_MS = 1_000;

/** A time zone's name: of the IANA database, such as `Europe/Berlin`. Not an offset such as `+02:00`: not every browser takes one. */
const NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;

/** A day, and its moments: from the first one to the one after the last, in milliseconds since 1970. */
export interface DayBounds {
  readonly day: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The days of a time zone. They follow each other without a gap: a day begins when the clock first shows its date, and ends
 * when the next day begins. So a day has 24 hours, or 23 or 25 if the clock is changed on it, and none if the zone has skipped it,
 * as Samoa did with 30 December 2011. The rules of the zones are those of the ICU library in Node.js or in the browser.
 */
export class Calendar {
  /** Its name, as it was given. */
  readonly timeZone: string;
  readonly #clock: Intl.DateTimeFormat;
  /** The day that was last asked for: mostly today, so few moments need the rules of the zone. */
  #latest: DayBounds = { day: '', from: 0, to: 0 };

  /** @throws RangeError for a zone that is not known here */
  constructor(timeZone: string) {
    if (!NAME.test(timeZone)) throw new RangeError(`${timeZone} is not the name of a time zone`);
    this.timeZone = timeZone;
    this.#clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** Whether two names mean the same zone, such as `Asia/Calcutta` and `Asia/Kolkata`. */
  isNamed(timeZone: string): boolean {
    if (!isTimeZone(timeZone)) return false;
    return new Calendar(timeZone).#resolved === this.#resolved;
  }

  /** The day of a moment, as `2026-11-23`. @throws RangeError for an invalid date */
  dayOf(time: Date | number): string {
    return this.boundsAt(time).day;
  }

  /** When a day begins, in milliseconds since 1970. A day that the zone has skipped begins with the next one. */
  startOf(day: string): number {
    return this.#first(utcMidnight(day));
  }

  /** The day of a moment, with its bounds. @throws RangeError for an invalid date */
  boundsAt(time: Date | number): DayBounds {
    const at = Number(time);
    const { from, to } = this.#latest;
    if (at < from || at >= to) this.#latest = this.#find(at);
    return this.#latest;
  }

  /** The same time of day so many days later. A time that the clock skips on that day is the moment at which it skips it. */
  laterBy(days: number, time: Date | number): Date {
    const at = Number(time);
    const shown = at + this.#offsetAt(at);
    return new Date(this.#first(shown + days * DAY_MS));
  }

  /** What the clock shows at a moment, to the minute: `2026-11-23 17:30`. */
  shownAt(time: Date | number): string {
    const at = Number(time);
    return new Date(at + this.#offsetAt(at)).toISOString().slice(0, 16).replace('T', ' ');
  }

  /** The moment at which the clock shows a time, such as `2026-11-23T17:30`, or first a later one; NaN for another text. */
  momentOf(text: string): number {
    const time = Date.parse(`${text}Z`);
    return Number.isNaN(time) ? time : this.#first(time);
  }

  get #resolved(): string {
    return this.#clock.resolvedOptions().timeZone;
  }

  #find(at: number): DayBounds {
    let day = utcDate(at + this.#offsetAt(at));
    let to = this.startOf(addDays(day, 1));
    // Where the clock was set back over midnight, it shows the date of the day before again.
    while (to <= at) {
      day = addDays(day, 1);
      to = this.startOf(addDays(day, 1));
    }
    return { day, from: this.startOf(day), to };
  }

  /**
   * The first moment at which the clock shows a date and time, or a later one.
   *
   * @param shown what it shows, as if it were UTC. Within two days around it the zone changes its clock once at most
   */
  #first(shown: number): number {
    const before = this.#offsetAt(shown - OFFSET_MAX_MS);
    const after = this.#offsetAt(shown + OFFSET_MAX_MS);
    const first = shown - before;
    if (before === after) return first;
    const changed = this.#changeBetween(shown - OFFSET_MAX_MS, shown + OFFSET_MAX_MS);
    return first < changed ? first : Math.max(changed, shown - after);
  }

  /** The moment between two from which on the zone has another offset than at the first. */
  #changeBetween(from: number, to: number): number {
    const before = this.#offsetAt(from);
    let [low, high] = [Math.floor(from / SECOND_MS), Math.ceil(to / SECOND_MS)];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetAt(middle * SECOND_MS) === before) low = middle;
      else high = middle;
    }
    return high * SECOND_MS;
  }

  /** By how much the zone is ahead of UTC at a moment, in milliseconds. */
  #offsetAt(at: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#clock.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    const shown = Date.UTC(year, month - 1, day, hour, minute, second);
    return shown - Math.floor(at / SECOND_MS) * SECOND_MS;
  }
}

/** The days of UTC. */
export const UTC = new Calendar('UTC');

/** Whether this is the name of a time zone that is known here. */
export function isTimeZone(name: string): boolean {
  try {
    return new Calendar(name).timeZone === name;
  } catch {
    return false;
  }
}
