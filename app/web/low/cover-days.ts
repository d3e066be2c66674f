import type { Choosable } from '../address/view';
import { deviceStorage, ownName } from '../api/browser-storage';
import { MARKS, readNumber } from '../ui/typed-number';

/** How many days ahead the screen looks, unless somebody chooses. */
export const COVER_DAYS = 14;

/** How many days ahead it looks at most: a rate of sale says nothing about longer. */
export const COVER_DAYS_MAX = 365;

/** Empty if the address has no days. */
export const CHOSEN_DAYS: Choosable<string> = {
  initial: '',
  read: (said) => (isCover(said) ? String(Number(said)) : undefined),
  write: (value) => value,
};

/** The typed days; undefined if the text is not a number of days. */
export function coverOf(typed: string): number | undefined {
  const days = Number(readNumber(typed, MARKS).plain ?? Number.NaN);
  return Number.isInteger(days) && days <= COVER_DAYS_MAX ? days : undefined;
}

/** A number of days, in the address in plain digits. */
function isCover(said: string): boolean {
  return /^[0-9]{1,3}$/.test(said) && Number(said) <= COVER_DAYS_MAX;
}

const keptAs = () => ownName('coverDays');

/** What was chosen last in this browser; null for nothing. */
export function readCover(): string | null {
  const kept = deviceStorage.read(keptAs());
  return kept && isCover(kept) ? kept : null;
}

export function keepCover(cover: string): void {
  deviceStorage.keep(keptAs(), cover);
}
