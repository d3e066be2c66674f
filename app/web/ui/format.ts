import { Calendar, isTimeZone, UTC } from '../../ledger/calendar';
import { DAY_MS, utcMidnight } from '../../ledger/day';

const whole = new Intl.NumberFormat();
const upToOne = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const dayUnits = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'day',
  unitDisplay: 'long',
  maximumFractionDigits: 1,
});
const money = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});
const typedMoney = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
  useGrouping: false,
});
const typedMoneyInFull = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
  useGrouping: false,
});
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const shortDay = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const dayWithYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(undefined, { style: 'narrow', numeric: 'auto' });

/** How moments are shown: by the clock of one time zone. */
function momentFormats(timeZone: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(undefined, { ...options, timeZone });
  return {
    calendar: new Calendar(timeZone),
    moment: format({ dateStyle: 'medium', timeStyle: 'medium' }),
    clock: format({ timeStyle: 'medium' }),
    day: format({ day: 'numeric', month: 'short' }),
    dayWithYear: format({ dateStyle: 'medium' }),
  };
}

/** By this machine's clock until the shop's time zone is known. */
let shown = momentFormats(machineZone());

/** Shows all moments by the clock of the shop from now on, unless this browser does not know its time zone. */
export function showTimesIn(timeZone: string): void {
  if (timeZone !== shown.calendar.timeZone && isTimeZone(timeZone)) shown = momentFormats(timeZone);
}

/** The calendar by which moments are shown. */
export function shownCalendar(): Calendar {
  return shown.calendar;
}

/** A browser may call its zone by an offset, which is no name. */
function machineZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isTimeZone(timeZone) ? timeZone : UTC.timeZone;
}

/** Shown for a missing value. */
export const NOTHING = '–';

/** Units: 1,204. */
export function units(number: number | null | undefined): string {
  return number === null || number === undefined ? NOTHING : whole.format(number);
}

/** A change of units with its sign: +48, −2. */
export function change(number: number): string {
  return signed.format(number);
}

/** A price: in two decimals at least, and in the four that it may have. */
export function price(number: number | null | undefined): string {
  return number === null || number === undefined ? NOTHING : money.format(number);
}

/** A sum of prices, in the form of a price. */
export const sum = price;

/**
 * A price as an input shows it, in the page's language, and as `readPrice` reads it. Three decimals get a fourth:
 * 1.234 may be read as 1234.
 */
export function typedPrice(number: number | null | undefined): string {
  if (number === null || number === undefined) return '';
  const typed = typedMoney.format(number);
  return /\P{Nd}\p{Nd}{3}$/u.test(typed) ? typedMoneyInFull.format(number) : typed;
}

/** How long something lasts, in the page's language: "16 days", "1 day", "3.5 days". */
export function days(number: number | null | undefined): string {
  if (number === null || number === undefined) return NOTHING;
  if (number >= 1_000) return '999+ days';
  return dayUnits.format(number < 10 ? number : Math.floor(number));
}

/** Units a day: 2.2. */
export function rate(number: number): string {
  return upToOne.format(number);
}

/** A moment in full, by the clock of the shop. */
export function time(iso: string | number): string {
  return shown.moment.format(new Date(iso));
}

export function timeOfDay(iso: string | number): string {
  return shown.clock.format(new Date(iso));
}

/** A time zone for people: "Europe/Berlin", "America/New York". */
export function zoneName(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
}

/** A day such as 2026-11-23, as "23 Nov". */
export function day(date: string): string {
  return shortDay.format(utcMidnight(date));
}

/** The same with its year, of a day that stands for itself at midnight UTC: "23 Nov 2026". */
export function dayAndYear(ms: number): string {
  return dayWithYear.format(ms);
}

/**
 * A moment on an axis, in as much detail as the distance of the marks needs: "10:30", "26 Aug", "Aug 2026", "2026",
 * each in the page's language.
 *
 * @param isDaily whether the moments stand for days, each at midnight UTC
 */
export function tick(moment: number, stepMs: number, isDaily: boolean): string {
  // In a list of hours, midnight shows that another day begins.
  const isMidnight = shown.calendar.boundsAt(moment).from === moment;
  const ofMs = stepMs < DAY_MS && isMidnight ? DAY_MS : stepMs;
  const options = TICKS.find(({ fromMs }) => ofMs >= fromMs)?.options;
  return new Intl.DateTimeFormat(undefined, {
    ...options,
    timeZone: isDaily ? UTC.timeZone : shown.calendar.timeZone,
  }).format(moment);
}

/** A number on an axis: 1,204, or 2.1B instead of a long one. */
export function roughly(number: number): string {
  return Math.abs(number) < 100_000 ? upToOne.format(number) : short.format(number);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How much of a moment an axis says, from the largest step to the smallest. */
const TICKS: readonly { readonly fromMs: number; readonly options: Intl.DateTimeFormatOptions }[] =
  [
    { fromMs: 360 * DAY_MS, options: { year: 'numeric' } },
    { fromMs: 28 * DAY_MS, options: { month: 'short', year: 'numeric' } },
    { fromMs: DAY_MS, options: { day: 'numeric', month: 'short' } },
    { fromMs: MINUTE_MS, options: { hour: 'numeric', minute: '2-digit' } },
    { fromMs: 0, options: { timeStyle: 'medium' } },
  ];

/** How long ago something was: "now", "3 min ago", then the day. */
export function ago(iso: string, now: number): string {
  const then = Date.parse(iso);
  const passedMs = now - then;
  if (passedMs < MINUTE_MS) return 'now';
  if (passedMs < HOUR_MS) return relative.format(-Math.floor(passedMs / MINUTE_MS), 'minute');
  if (passedMs < DAY_MS) return relative.format(-Math.floor(passedMs / HOUR_MS), 'hour');
  const format = passedMs < 300 * DAY_MS ? shown.day : shown.dayWithYear;
  return format.format(then);
}
