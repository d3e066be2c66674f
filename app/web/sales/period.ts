import { addDays, daysBetween } from '../../ledger/day';

/** From one day to another, both included, as `2026-11-23`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The last days up to and with one. */
export function lastDays(today: string, count: number): Period {
  return { from: addDays(today, 1 - count), to: today };
}

/** Every day of a period. */
export function daysOf({ from, to }: Period): string[] {
  const count = daysBetween(from, to) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}
