import { DAY_MS, dayOf } from '../ledger/day';

/** What somebody who handles an alert is offered, on the page and by the links of a mail. */

/** Goods that are ordered are due in so many days, unless somebody chooses another day. */
export const DUE_IN_DAYS = 7;

/** For how many days an alert can be snoozed. The API takes any moment. */
export const SNOOZE_DAYS = ['1', '3', '7'] as const;

/** The day so many days from today, for when goods are due. */
export function dueIn(days: number): string {
  return dayOf(Date.now() + days * DAY_MS);
}

/** The end of a snooze of so many days from now, as RFC 3339 writes it. */
export function snoozeEnd(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}
