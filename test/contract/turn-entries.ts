import { UTC } from '../../app/ledger/calendar';
import type { LedgerRecord } from '../../app/ledger/record';
import { dailySales } from '../../app/ledger/sales';
import type { LedgerStore } from '../../app/ledger/store';
import type { TurnEntries } from '../../app/ledger/write/turn-entries';

/** The entries of one turn: these records, the sums of their sales, and what the test replaces or adds. */
export function turnEntries(
  records: readonly LedgerRecord[],
  more: Partial<TurnEntries> = {},
): TurnEntries {
  return {
    turnMark: 7,
    records,
    sales: dailySales(records, ({ recordedAt }) => UTC.dayOf(recordedAt)),
    revisions: [],
    requests: [],
    alerts: [],
    access: [],
    locations: [],
    zones: [],
    documents: [],
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
  return append(store, turnEntries(records));
}
