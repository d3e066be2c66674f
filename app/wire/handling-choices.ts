import type { Calendar } from '../ledger/calendar';
import { addDays } from '../ledger/day';

/** What somebody who handles an alert is offered, on the page and by the links of a mail. */

/** Goods that are ordered are due in so many days, unless somebody chooses another day. */
export const DUE_IN_DAYS = 7;

/** For how many days an alert can be snoozed. The API takes any moment. */
export const SNOOZE_DAYS = ['1', '3', '7'] as const;

/** The day so many days from today, for when goods are due. */
export function dueIn(days: number, today: string): string {
  return addDays(today, days);
}

/** The end of a snooze of so many days from now: at the same time of day in the shop. As RFC 3339 writes it. */
export function snoozeEnd(days: number, now: Date, calendar: Calendar): string {
  return calendar.laterBy(days, now).toISOString();
}
