import type { Choosable } from '../address/view';
import { shownCalendar } from '../ui/format';

/** Moments are chosen to the minute. */
export const MINUTE_MS = 60_000;

/** A moment such as 2026-11-23T16:30:00Z; undefined for now. */
export function momentOf(): Choosable<number | undefined> {
  return {
    initial: undefined,
    read: (said) => {
      const time = /^\d{4}-\d\d-\d\dT/.test(said) ? Date.parse(said) : Number.NaN;
      return Number.isFinite(time) ? time : undefined;
    },
    write: (value) => (value === undefined ? '' : new Date(value).toISOString()),
  };
}

/** A moment as an input of the type datetime-local has it: by the clock of the shop, to the minute. */
export function localText(moment: number): string {
  return shownCalendar().shownAt(moment).replace(' ', 'T');
}
