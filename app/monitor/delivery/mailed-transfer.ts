import type { TransferAnswer } from '../../wire/documents';

/** A transfer that is on its way, and what a mail needs to describe it. */
export interface KnownTransfer {
  readonly transfer: TransferAnswer;
  /** The name of a location. */
  nameOf(locationID: number): string;
  /** The zone of the shop, in which its times are shown. */
  readonly timeZone: string;
}

/** The facts about a transfer, each with its label. */
export function transferFacts({
  transfer,
  nameOf,
  timeZone,
}: KnownTransfer): [name: string, value: string][] {
  const { from, to, expectedAt, reference, lines } = transfer;
  const units = lines.reduce((sum, { outstanding }) => sum + outstanding, 0);
  return [
    ['From', nameOf(from)],
    ['To', nameOf(to)],
    ...(expectedAt === undefined ? [] : [['Expected', timeText(expectedAt, timeZone)]]),
    ['On its way', String(units)],
    ...(reference === undefined ? [] : [['Reference', reference]]),
  ] as [name: string, value: string][];
}

/** A moment as the clock in the shop shows it, to the minute, such as `2026-11-23 17:30`. */
function timeText(time: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(new Date(time));
}
