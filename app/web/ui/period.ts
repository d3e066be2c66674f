const DAY_MS = 86_400_000;

/** From one UTC day to another, both included, as `2026-11-23`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The last days up to and with one. */
export function lastDays(today: string, count: number): Period {
  return { from: addDays(today, 1 - count), to: today };
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Every day of a period. */
export function daysOf({ from, to }: Period): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}
