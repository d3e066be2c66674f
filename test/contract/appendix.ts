import type { LedgerRecord } from '../../app/ledger/record';
import { dailySales } from '../../app/ledger/sales';
import type { LedgerStore } from '../../app/ledger/store';
import type { TurnEntries } from '../../app/ledger/turn-entries';

/** What one transaction appends: these records and the sums of their sales, but for what the test is about. */
export function appendix(
  records: readonly LedgerRecord[],
  more: Partial<TurnEntries> = {},
): TurnEntries {
  return {
    turnMark: 7,
    records,
    sales: dailySales(records),
    revisions: [],
    requests: [],
    alerts: [],
    deliveries: [],
    ...more,
  };
}

/** Appends in a turn of its own. */
export async function append(store: LedgerStore, appended: TurnEntries): Promise<void> {
  const turn = await store.takeTurn();
  await turn.append(appended);
  await turn.commit();
}

/** Appends records in a turn of their own. */
export function appendRecords(store: LedgerStore, ...records: LedgerRecord[]): Promise<void> {
  return append(store, appendix(records));
}
