import type { TransferAnswer } from '../../wire/documents';
import { units } from '../ui/format';
import { wholeUnits } from './whole-units';

/** What can become of a unit on its way. */
export const ARRIVALS = {
  received: { title: 'Received', word: 'received' },
  damaged: { title: 'Damaged', word: 'damaged' },
  returned: { title: 'Sent back', word: 'sent back' },
} as const;

export type Arrival = keyof typeof ARRIVALS;

/** What has arrived, as it is typed, by productID. */
export type Arrived = Readonly<Record<number, Partial<Record<Arrival, string>>>>;

export const NOTHING_ARRIVED: Arrived = {};

type SentLine = TransferAnswer['lines'][number];

/** What has arrived of a product, as the service takes it. */
export type ArrivedLine = { readonly productID: number } & Partial<Record<Arrival, number>>;

/** The units that are typed; 0 if that is no number. */
export function typedUnits(arrived: Arrived, productID: number, arrival: Arrival): number {
  const read = wholeUnits(arrived[productID]?.[arrival] ?? '');
  return typeof read === 'number' ? read : 0;
}

/** One unit more. */
export function addOne(arrived: Arrived, productID: number, arrival: Arrival): Arrived {
  const units = String(typedUnits(arrived, productID, arrival) + 1);
  return { ...arrived, [productID]: { ...arrived[productID], [arrival]: units } };
}

/** What is wrong with what is typed, by productID: it is no number, or more than is on the way. */
export function arrivedFaults(
  lines: readonly SentLine[],
  arrived: Arrived,
): ReadonlyMap<number, string> {
  const faults = new Map<number, string>();
  for (const { productID, outstanding } of lines) {
    const read = Object.values(arrived[productID] ?? {}).map(wholeUnits);
    const wrong = read.find((each) => typeof each === 'string');
    const total = read.reduce<number>((sum, each) => sum + Number(each), 0);
    if (wrong !== undefined) faults.set(productID, String(wrong));
    else if (total > outstanding)
      faults.set(productID, `Only ${units(outstanding)} are on the way.`);
  }
  return faults;
}

/** What has arrived, without products and counts of 0. */
export function arrivedLines(lines: readonly SentLine[], arrived: Arrived): ArrivedLine[] {
  return lines.flatMap(({ productID }) => {
    const counts = (Object.keys(ARRIVALS) as Arrival[]).flatMap((arrival) => {
      const count = typedUnits(arrived, productID, arrival);
      return count > 0 ? [[arrival, count] as const] : [];
    });
    return counts.length > 0 ? [{ productID, ...Object.fromEntries(counts) }] : [];
  });
}

/** "3 received and 1 damaged". */
export function totalsInWords(lines: readonly ArrivedLine[]): string {
  const parts = (Object.keys(ARRIVALS) as Arrival[]).flatMap((arrival) => {
    const total = lines.reduce((sum, line) => sum + (line[arrival] ?? 0), 0);
    return total > 0 ? [`${units(total)} ${ARRIVALS[arrival].word}`] : [];
  });
  return parts.join(' and ');
}
