import { FIRST_LOCATION } from '../ledger/locations/location';
import type { RecordAnswer } from './records';

/** The location that a record is about: the first, unless it names another. */
export function locationOf({ locationID = FIRST_LOCATION }: RecordAnswer): number {
  return locationID;
}

/** Units that were free at its location after a record; undefined for a row by hand, which says nothing of that. */
export function freeAfter(record: RecordAnswer): number | undefined {
  const { actor, availableQuantity, onHandQuantity = availableQuantity, heldQuantity = 0 } = record;
  return actor === undefined ? undefined : onHandQuantity - heldQuantity;
}

/** Whether a record is about goods that are sent, or that have arrived. */
export function isOfTransfer({ document = '' }: RecordAnswer): boolean {
  return document.startsWith('transfer:');
}
