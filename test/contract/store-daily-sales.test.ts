import type { DailySalesQuery } from '../../app/ledger/sales';
import type { LedgerStore } from '../../app/ledger/store';
import { sale } from '../ledger/records';
import { onEveryStore } from '../stores';
import { appendRecords } from './turn-entries';

const sold = (
  number: number,
  day: string,
  productID: number,
  quantity: number,
  unitPrice: number | null = null,
) => sale(number, productID, quantity, { unitPrice, recordedAt: new Date(`${day}T12:00:00.000Z`) });

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(async () => {
    store = place().open();
    await appendRecords(
      store,
      sold(1, '2026-11-01', 3, 4),
      sold(2, '2026-11-01', 20, 900, 9_999_999_999_999),
      sold(3, '2026-11-01', 20, 900, 9_999_999_999_999),
      sold(4, '2026-11-02', 3, 1, 7_500),
      sold(5, '2026-11-04', 1, 2),
    );
  });
  afterEach(() => store.close());

  /** The rows that are read, as their days of the month and products. */
  const rows = async (query: Partial<DailySalesQuery>) =>
    (await store.dailySales({ limit: 10, ...query })).map(({ day, productID }) => [
      day.slice(-2),
      productID,
    ]);

  test('daily sales are read by day, then by productID as a number', async () => {
    const unpriced = { unitsPriced: 0, revenue: 0n };
    expect(await store.dailySales({ limit: 10 })).toEqual([
      { day: '2026-11-01', productID: 3, unitsSold: 4, ...unpriced },
      {
        day: '2026-11-01',
        productID: 20,
        unitsSold: 1_800,
        unitsPriced: 1_800,
        revenue: 1_800n * 9_999_999_999_999n,
      },
      { day: '2026-11-02', productID: 3, unitsSold: 1, unitsPriced: 1, revenue: 7_500n },
      { day: '2026-11-04', productID: 1, unitsSold: 2, ...unpriced },
    ]);
  });

  test('they are paged by the row that a page ended with, also within a day', async () => {
    const after = (day: string, productID: number) => ({ after: { day, productID }, limit: 2 });
    expect(await rows({ limit: 1 })).toEqual([['01', 3]]);
    expect(await rows(after('2026-11-01', 3))).toEqual([
      ['01', 20],
      ['02', 3],
    ]);
    expect(await rows(after('2026-11-02', 3))).toEqual([['04', 1]]);
    expect(await rows(after('2026-11-04', 1))).toEqual([]);
  });

  test('they are from the first day to the last, both included, and none if those are reversed', async () => {
    expect(await rows({ from: '2026-11-02', to: '2026-11-02' })).toEqual([['02', 3]]);
    expect(await rows({ from: '2026-11-03' })).toEqual([['04', 1]]);
    expect(await rows({ to: '2026-11-01' })).toEqual([
      ['01', 3],
      ['01', 20],
    ]);
    const paged = { to: '2026-11-02', after: { day: '2026-11-01', productID: 20 } };
    expect(await rows(paged)).toEqual([['02', 3]]);
    expect(await rows({ from: '2026-11-02', to: '2026-11-01' })).toEqual([]);
  });
});
