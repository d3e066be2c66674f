import type { Choosable } from '../address/view';

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

/** A moment as an input of the type datetime-local has it: in this machine's time zone, to the minute. */
export function localText(moment: number): string {
  const offsetMs = new Date(moment).getTimezoneOffset() * MINUTE_MS;
  return new Date(moment - offsetMs).toISOString().slice(0, 16);
}
