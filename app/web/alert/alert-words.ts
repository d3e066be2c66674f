import type { Alert } from '../../wire/alerts';
import { day, days, time, units } from '../ui/format';

/** What each kind is called, in a word. */
export const KIND_WORDS: Record<Alert['kind'], string> = {
  out: 'Out of stock',
  'overdue-transfer': 'Overdue',
  low: 'Low',
  cover: 'Runs out soon',
};

/** What was found: "4 available, low at 5, lasts 16 days", or "Never counted, low at 5". */
export function finding(
  { transferID, availableQuantity, threshold, daysOfCover }: Alert,
  isCounted = true,
): string {
  if (transferID !== undefined) return 'It had not arrived when it was expected';
  const cover = daysOfCover === null ? '' : `, lasts ${days(daysOfCover)}`;
  const available = isCounted ? `${units(availableQuantity ?? 0)} available` : 'Never counted';
  return `${available}, low at ${units(threshold ?? 0)}${cover}`;
}

/** What has been done about it: "Ordered by ann@shop.example, due 1 Dec". */
export function handled(alert: Alert): string {
  const by = alert.handledBy ? ` by ${alert.handledBy}` : '';
  switch (alert.status) {
    case 'open':
      return 'Nobody is on it yet';
    case 'acknowledged':
      return `${alert.handledBy ?? 'Somebody'} is on it`;
    case 'snoozed':
      return `Snoozed${by}${alert.until ? ` until ${time(alert.until)}` : ''}`;
    case 'ordered':
      return `Ordered${by}${alert.due ? `, due ${day(alert.due)}` : ''}`;
    case 'resolved':
      return alert.transferID === undefined
        ? `Resolved by the stock ${time(alert.recordedAt)}`
        : `The transfer was closed ${time(alert.recordedAt)}`;
  }
}

/** The state of each delivery: "Mail to ann@shop.example", and what became of it. */
export function delivered({ channel, target, status, tries }: Alert['deliveries'][number]): string {
  const to = `${channel === 'mail' ? 'Mail' : 'Webhook'} to ${target}`;
  switch (status) {
    case 'delivered':
      return `${to}: delivered`;
    case 'dead':
      return `${to}: not delivered, given up after ${units(tries)} ${tries === 1 ? 'try' : 'tries'}`;
    case 'failed':
      return `${to}: failed, to be tried again`;
    default:
      return `${to}: on its way`;
  }
}
