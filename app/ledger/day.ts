/**
 * Days of the calendar, written as `2026-11-23`, by themselves: which moments are on a day depends on a time zone, and
 * `Calendar` says that.
 */

/** Milliseconds of a day of 24 hours. A day on which the clock is changed is longer or shorter. */
export const DAY_MS = 86_400_000;

/** The first and the last day that every database can hold: the range of MySQL's DATE. */
export const FIRST_DAY = '1000-01-01';
export const LAST_DAY = '9999-12-31';

/** The date that a clock in UTC shows; a number is in milliseconds since 1970. @throws RangeError for an invalid date */
export function utcDate(time: Date | number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** When a day begins in UTC, in milliseconds since 1970; NaN for one that is not in the calendar. */
export function utcMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The day so many days later, or earlier if the count is negative. */
export function addDays(day: string, count: number): string {
  return utcDate(utcMidnight(day) + count * DAY_MS);
}

/** Days from one day to another; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return (utcMidnight(to) - utcMidnight(from)) / DAY_MS;
}

/** Whether a text is a day of the calendar that every database can hold. */
export function isDay(text: string): boolean {
  return isCalendarDay(text) && text >= FIRST_DAY;
}

/** Whether a text is a day of the calendar, such as 0002-11-23, which a year is at first while it is typed. */
export function isCalendarDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const time = utcMidnight(text);
  // Date takes 30 February for 2 March.
  return !Number.isNaN(time) && utcDate(time) === text;
}
