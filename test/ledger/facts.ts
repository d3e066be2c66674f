import type { Facts } from '../../app/ledger/facts';
import { UNNAMED_FIRST } from '../../app/ledger/locations/location';
import type { LedgerRecord } from '../../app/ledger/record';

/** The facts of a command about the first location, where all units of the product are. */
export function factsOf(latest: LedgerRecord | undefined, more: Partial<Facts> = {}): Facts {
  return {
    latest,
    sale: undefined,
    location: UNNAMED_FIRST,
    cell: latest && {
      locationID: 1,
      onHandQuantity: latest.availableQuantity,
      heldQuantity: 0,
      latest,
    },
    elsewhere: () => [],
    heldEverywhere: () => 0,
    holdsHere: () => [],
    ...more,
  };
}
