import type { MailedAlert } from './mailed-alert';

/** How short a product is, or that it no longer is, from the loudest to the quietest. */
export const STATES = ['out', 'low', 'cover', 'over'] as const;

export type State = (typeof STATES)[number];

/** A state in words: before a name, for some products, and for one. */
export const WORDS: Record<State, { label: string; some: string; one: string }> = {
  out: { label: 'Out of stock', some: 'are out of stock', one: 'is out of stock' },
  low: { label: 'Low', some: 'are low', one: 'is low' },
  cover: { label: 'Runs out soon', some: 'run out soon', one: 'runs out soon' },
  over: { label: 'No longer short', some: 'are no longer short', one: 'is no longer short' },
};

/** How people have handled an alert. */
const DONE: Partial<Record<MailedAlert['alert']['status'], string>> = {
  acknowledged: 'somebody is on it',
  snoozed: 'snoozed already',
  ordered: 'ordered already',
};

export const FOOTNOTE =
  'You get this mail because somebody set your address in the inventory monitor.';

export function stateOf({ alert }: MailedAlert): State {
  return alert.status === 'resolved' ? 'over' : alert.kind;
}

/** Text in one line, without control characters, line ends, or characters that change its direction. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();
}

/** The facts about a product, each with its label. */
export function factsOf({ alert, availableQuantity, daysOfCover, reorder }: MailedAlert) {
  const cover = `${daysOfCover} ${daysOfCover === 1 ? 'day' : 'days'}`;
  return [
    ['Available', String(availableQuantity ?? 'never counted')],
    ['Low at', String(alert.threshold)],
    ...(daysOfCover === null ? [] : [['Lasts', cover]]),
    ...(reorder > 0 ? [['Order now', String(reorder)]] : []),
  ] as [name: string, value: string][];
}

/** How the alert was handled; undefined if it was not. */
export function doneOf({ alert }: MailedAlert): string | undefined {
  return DONE[alert.status];
}
