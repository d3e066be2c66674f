import type { LedgerRecord } from '../../app/ledger/record';
import { turnEntries } from '../contract/turn-entries';
import { record } from '../ledger/records';
import type { LedgerPlace } from '../stores';

/** Appends records of the past to an empty ledger, which the service, whose clock is the real one, cannot. */
export async function appendPast(
  place: LedgerPlace,
  changes: readonly Partial<LedgerRecord>[],
): Promise<void> {
  const records = changes.map((change, index) => record(index + 1, change));
  const store = place.open();
  const turn = await store.takeTurn();
  await turn.append(turnEntries(records));
  await turn.commit();
  await store.close();
}

/** A sale of the past. */
export function pastSale(
  recordedAt: string,
  productID: number,
  quantity: number,
  unitPrice: number | null = null,
): Partial<LedgerRecord> {
  return { reason: 'sale', recordedAt: new Date(recordedAt), productID, quantity, unitPrice };
}
