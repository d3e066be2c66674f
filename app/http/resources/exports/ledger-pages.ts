import type { Ledger } from '../../../ledger/ledger';
import type { LedgerRecord } from '../../../ledger/record';
import type { DailySales, Days } from '../../../ledger/sales';
import { othersFirst } from '../../../ledger/slice';

/** Lines that are in memory at a time. */
const PAGE = 500;

/** A list in memory, page by page. Other requests are served before each page. */
export async function* pagesOf<T>(pages: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  for (const page of pages) {
    await othersFirst();
    yield page;
  }
}

/** The records up to one, in order. @throws Error if the ledger no longer has that one */
export async function* recordPages(
  ledger: Ledger,
  last: number,
): AsyncGenerator<readonly LedgerRecord[]> {
  for (let next = 1; next <= last; ) {
    const page = await ledger.records.from(next, PAGE);
    const end = page.at(-1)?.record;
    if (end === undefined) throw new Error(`record ${last} went away while records were read`);
    yield page.filter(({ record }) => record <= last);
    next = end + 1;
  }
}

/** Of these the ones about a location. */
export async function* recordPagesAt(
  ledger: Ledger,
  locationID: number,
  last: number,
): AsyncGenerator<readonly LedgerRecord[]> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: LedgerRecord[] = await ledger.ask.recordsOf({ locationID, after, limit: PAGE });
    await othersFirst();
    yield page.filter(({ record }) => record <= last);
    const end = page.at(-1)?.record;
    after = end !== undefined && end < last && page.length === PAGE ? end : undefined;
  }
}

/** What was sold, by day and product, in order. */
export async function* salesPages(
  ledger: Ledger,
  days: Days,
): AsyncGenerator<readonly DailySales[]> {
  for (let after: DailySales | undefined; ; ) {
    const page: DailySales[] = await ledger.ask.dailySales({ ...days, after, limit: PAGE });
    await othersFirst();
    yield page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}
