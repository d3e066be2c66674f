import type { MailedAlert } from './mailed-alert';

/** How short a product is, or that a transfer is overdue, or that this is over; from the loudest to the quietest. */
export const STATES = ['out', 'overdue-transfer', 'low', 'cover', 'over', 'closed'] as const;

export type State = (typeof STATES)[number];

/** A state in words: before a name, for some, and for one. */
export const WORDS: Record<State, { label: string; some: string; one: string }> = {
  out: { label: 'Out of stock', some: 'are out of stock', one: 'is out of stock' },
  'overdue-transfer': { label: 'Overdue', some: 'are overdue', one: 'is overdue' },
  low: { label: 'Low', some: 'are low', one: 'is low' },
  cover: { label: 'Runs out soon', some: 'run out soon', one: 'runs out soon' },
  over: { label: 'No longer short', some: 'are no longer short', one: 'is no longer short' },
  closed: { label: 'Closed', some: 'are closed', one: 'is closed' },
};

/** How people have handled an alert. */
const DONE: Partial<Record<MailedAlert['alert']['status'], string>> = {
  acknowledged: 'somebody is on it',
  snoozed: 'snoozed already',
  ordered: 'ordered already',
};

export const FOOTNOTE =
  'You get this mail because somebody set your address in the inventory monitor.';

/** Whether an alert is about a transfer. */
export function isOfTransfer({ alert }: Pick<MailedAlert, 'alert'>): boolean {
  return alert.kind === 'overdue-transfer';
}

export function stateOf({ alert }: Pick<MailedAlert, 'alert'>): State {
  if (alert.status !== 'resolved') return alert.kind;
  return isOfTransfer({ alert }) ? 'closed' : 'over';
}

/** Text in one line, without control characters, line ends, or characters that change its direction. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();
}

/** The facts about a product or a transfer, each with its label. */
export function factsOf(mailed: MailedAlert): [name: string, value: string][] {
  return isOfTransfer(mailed) ? (mailed.transfer ?? []) : stockFacts(mailed);
}

function stockFacts({ alert, availableQuantity, daysOfCover, reorder }: MailedAlert) {
  const cover = `${daysOfCover} ${daysOfCover === 1 ? 'day' : 'days'}`;
  return [
    ['Available', String(availableQuantity ?? 'never counted')],
    ['Low at', String(alert.threshold)],
    ...(daysOfCover === null ? [] : [['Lasts', cover]]),
    ...(reorder > 0 ? [[alert.locationID ? 'Bring now' : 'Order now', String(reorder)]] : []),
  ] as [name: string, value: string][];
}

/** How the alert was handled; undefined if it was not. */
export function doneOf({ alert }: MailedAlert): string | undefined {
  return DONE[alert.status];
}
