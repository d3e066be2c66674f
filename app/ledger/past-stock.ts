import type { PastStock, Questions } from './questions';
import type { LedgerRecord } from './record';
import { othersFirst } from './slice';

/** Products of a past moment that are read at a time. */
const AS_OF_PAGE = 500;

/**
 * The latest record of each product when the ledger ended with a record, by productID, part by part.
 *
 * @param locationID if only records about a location count
 * @throws StoreUnavailable; Overloaded if too many long questions wait, but not after the first part
 */
export async function* stockAsOf(
  ask: Pick<Questions, 'latestAsOf'>,
  record: number,
  locationID?: number,
): AsyncGenerator<readonly LedgerRecord[]> {
  let next: number | undefined = 0;
  while (next !== undefined) {
    const part: PastStock = await ask.latestAsOf(record, next, AS_OF_PAGE, locationID);
    await othersFirst();
    if (part.records.length > 0) yield part.records;
    next = part.next;
  }
}
