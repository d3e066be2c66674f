import type { Sold } from '../../app/ledger/sales';
import type { LedgerStore } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { onEveryStore } from '../stores';
import { append, appendRecords, turnEntries } from './turn-entries';

const unpriced = { unitsPriced: 0, revenue: 0n };

/** A sale at the end of a day. */
const sold = (
  number: number,
  productID: number,
  quantity: number,
  day: string,
  unitPrice: number | null = null,
) => sale(number, productID, quantity, { unitPrice, recordedAt: new Date(`${day}T23:59:59.999Z`) });

/** All that is sold, without what it was sold of. */
const sums = (rows: readonly Sold[]) =>
  rows.map(({ unitsSold, unitsPriced, revenue }) => [unitsSold, unitsPriced, revenue]);

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('a sale of none, as older ledgers hold some, is read like any other', async () => {
    await appendRecords(store, sold(1, 1, 0, '2026-11-01', 45_000), sold(2, 1, 2, '2026-11-01'));
    const read = await store.records.from(1, 5);
    expect(read.map(({ quantity }) => quantity)).toEqual([0, 2]);
    expect(sums((await store.salesByDay({})).rows)).toEqual([[2, 0, 0n]]);
  });

  test('units sold at a location are those of its own records, less returns and what was cancelled by now', async () => {
    const at2 = { locationID: 2 };
    await appendRecords(
      store,
      sale(1, 1, 100, at2),
      sale(2, 1, 7, at2),
      sale(3, 1, 50),
      sale(4, 2, 60, at2),
      sale(5, 1, 5, at2),
      record(6, { productID: 1, reason: 'return', quantity: -2, saleRecord: 1, ...at2 }),
      record(7, { productID: 1, reason: 'receipt', quantityChange: 90, ...at2 }),
      sale(8, 1, 1_000, at2),
      // Both after the window: one takes back a sale of it, the other a sale before it.
      record(9, { productID: 1, reason: 'cancellation', quantity: -5, saleRecord: 5, ...at2 }),
      record(10, { productID: 1, reason: 'cancellation', quantity: -100, saleRecord: 1, ...at2 }),
    );
    const sold = (locationID: number, after: number, through: number) =>
      store.unitsSoldAt({ productID: 1, locationID, after, through });
    expect(await sold(2, 1, 7)).toBe(7 - 2);
    expect(await sold(2, 0, 7)).toBe(100 - 100 + 7 - 2);
    expect(await sold(1, 0, 10)).toBe(50);
    expect(await sold(3, 0, 10)).toBe(0);
    expect(await sold(2, 7, 7)).toBe(0);
  });

  describe('top sellers', () => {
    beforeEach(async () => {
      await appendRecords(
        store,
        sold(1, 3, 4, '2026-11-01'),
        sold(2, 1, 4, '2026-11-02'),
        sold(3, 2, 9, '2026-11-02'),
      );
      await appendRecords(store, sold(4, 3, 1, '2026-11-02'), sold(5, 2, 1, '2026-11-03'));
    });

    test('are ranked by units, then by productID', async () => {
      expect(await store.topSellers({ limit: 5, by: 'unitsSold' })).toEqual({
        asOf: 5,
        rows: [
          { productID: 2, unitsSold: 10, ...unpriced },
          { productID: 3, unitsSold: 5, ...unpriced },
          { productID: 1, unitsSold: 4, ...unpriced },
        ],
      });
    });

    test('are limited', async () => {
      expect((await store.topSellers({ limit: 1, by: 'unitsSold' })).rows).toEqual([
        { productID: 2, unitsSold: 10, ...unpriced },
      ]);
    });

    test('are counted from the first day to the last, both included', async () => {
      const on = async (from?: string, to?: string) =>
        (await store.topSellers({ limit: 5, by: 'unitsSold', from, to })).rows.map(
          ({ unitsSold }) => unitsSold,
        );
      expect(await on('2026-11-02', '2026-11-02')).toEqual([9, 4, 1]);
      expect(await on('2026-11-03')).toEqual([1]);
      expect(await on(undefined, '2026-11-01')).toEqual([4]);
      expect(await on('2027-01-01')).toEqual([]);
    });
  });

  describe('top sellers by revenue', () => {
    beforeEach(() =>
      appendRecords(
        store,
        sold(1, 1, 10, '2026-11-01', 2),
        sold(2, 2, 3, '2026-11-01', 100),
        sold(3, 3, 50, '2026-11-01'),
        sold(4, 2, 3, '2026-11-02'),
        sold(5, 4, 20, '2026-11-02', 1),
      ),
    );

    test('are ranked as numbers, not as text, then by productID; those without a price last', async () => {
      expect(await store.topSellers({ limit: 9, by: 'revenue' })).toEqual({
        asOf: 5,
        rows: [
          { productID: 2, unitsSold: 6, unitsPriced: 3, revenue: 300n },
          { productID: 1, unitsSold: 10, unitsPriced: 10, revenue: 20n },
          { productID: 4, unitsSold: 20, unitsPriced: 20, revenue: 20n },
          { productID: 3, unitsSold: 50, ...unpriced },
        ],
      });
    });

    test('are limited by their rank in revenue', async () => {
      const { rows } = await store.topSellers({ limit: 2, by: 'revenue' });
      expect(rows.map(({ productID }) => productID)).toEqual([2, 1]);
    });
  });

  test('revenue is exact beyond 2^53', async () => {
    const large = () => sold(1, 1, 900, '2026-11-01', 9_999_999_999_999);
    await appendRecords(store, large(), { ...large(), record: 2 });
    await appendRecords(store, { ...sold(3, 1, 1, '2026-11-01', 1) });
    const revenue = 2n * 900n * 9_999_999_999_999n + 1n;
    expect((await store.topSellers({ limit: 1, by: 'revenue' })).rows).toMatchObject([{ revenue }]);
    expect((await store.salesByDay({})).rows).toMatchObject([{ revenue }]);
    const { plain, quick } = (await store.audit()).sales;
    expect(plain).toEqual([{ productID: 1, unitsSold: 1_801, unitsPriced: 1_801, revenue }]);
    expect(quick).toEqual(plain);
  });

  describe('sums beyond 2^63', () => {
    /** Nearly the largest amount of a sale, and so many of them that the sum does not fit into 63 bits. */
    const REVENUE = 900n * 9_999_999_999_999n;
    const SALES = 1_100;
    const largest = (first: number, productID: number, day: string, sales = SALES) =>
      Array.from({ length: sales }, (_, index) =>
        sold(first + index, productID, 900, day, 9_999_999_999_999),
      );
    const revenues = (rows: readonly Sold[]) => rows.map(({ revenue }) => revenue);

    test('of one product on one day, of a day, and of all days, are exact', async () => {
      await appendRecords(store, ...largest(1, 1, '2026-11-01'));
      await appendRecords(store, ...largest(1_101, 1, '2026-11-01', 1_000));
      await appendRecords(store, ...largest(2_101, 2, '2026-11-01'));
      await appendRecords(store, sold(3_201, 2, 1, '2026-11-02', 1));
      const of1 = 2_100n * REVENUE;
      const of2 = 1_100n * REVENUE;
      const daily = await store.dailySales({ limit: 5 });
      expect(revenues(daily)).toEqual([of1, of2, 1n]);
      expect(revenues((await store.salesByDay({})).rows)).toEqual([of1 + of2, 1n]);
      expect(revenues((await store.salesByDay({ productID: 2 })).rows)).toEqual([of2, 1n]);
      const top = (await store.topSellers({ limit: 5, by: 'revenue' })).rows;
      expect(revenues(top)).toEqual([of1, of2 + 1n]);
      expect(revenues((await store.topSellers({ limit: 5, by: 'unitsSold' })).rows)).toEqual(
        revenues(top),
      );
      const { plain, quick } = (await store.audit()).sales;
      expect(plain).toEqual(quick);
      expect(revenues(plain)).toEqual(revenues(top));
    });

    test('go down again, below nothing if need be', async () => {
      const back = largest(1, 1, '2026-11-01').map((sale) => ({ ...sale, quantity: -900 }));
      const third = back.map((sale) => ({ ...sale, record: sale.record + 2 * SALES }));
      await appendRecords(store, ...back);
      expect(revenues(await store.dailySales({ limit: 5 }))).toEqual([-1_100n * REVENUE]);
      await appendRecords(store, ...largest(SALES + 1, 1, '2026-11-01'));
      expect(revenues(await store.dailySales({ limit: 5 }))).toEqual([0n]);
      await appendRecords(store, ...third);
      await appendRecords(store, sold(3 * SALES + 1, 1, 1, '2026-11-01', 1));
      const left = -1_100n * REVENUE + 1n;
      expect(revenues(await store.dailySales({ limit: 5 }))).toEqual([left]);
      expect(revenues((await store.audit()).sales.plain)).toEqual([left]);
    });

    test('are ranked as they are, not as their parts are', async () => {
      // 257 of them are just beyond 2^61, by less than one of them.
      await appendRecords(store, ...largest(1, 1, '2026-11-01', 257));
      await appendRecords(store, ...largest(258, 2, '2026-11-01', 1));
      await appendRecords(store, ...largest(259, 3, '2026-11-02', 257));
      await appendRecords(store, sold(516, 3, 1, '2026-11-03', 1));
      const { rows } = await store.topSellers({ limit: 5, by: 'revenue' });
      expect(rows.map(({ productID }) => productID)).toEqual([3, 1, 2]);
    });
  });

  test('units beyond 2^53 are read, to the digits that a number has', async () => {
    const day = { day: '2026-11-01', productID: 1, unitsPriced: 2 ** 53 - 1, revenue: 1n };
    const sales = [{ ...day, unitsSold: 2 ** 53 - 1 }];
    for (const number of [1, 2, 3]) {
      const received = record(number, { reason: 'receipt', quantityChange: 2 ** 53 - 1 });
      await append(store, turnEntries([received], { sales }));
    }
    const units = { unitsSold: 3 * (2 ** 53 - 1), unitsPriced: 3 * (2 ** 53 - 1) };
    expect(await store.dailySales({ limit: 1 })).toMatchObject([units]);
    expect((await store.salesByDay({})).rows).toMatchObject([units]);
    expect((await store.topSellers({ limit: 1, by: 'unitsSold' })).rows).toMatchObject([units]);
    const [movement] = (await store.explain({ productID: 1, asOf: 3 })).movements;
    expect(movement).toEqual({ reason: 'receipt', records: 3, quantityChange: units.unitsSold });
  });

  test('a return lowers its own day, below nothing if need be, by units and revenue', async () => {
    const back = { reason: 'return', saleRecord: 1, unitPrice: 7_500 } as const;
    const recordedAt = new Date('2026-11-02T00:00:00.000Z');
    await appendRecords(store, sold(1, 1, 5, '2026-11-01', 7_500));
    await appendRecords(store, sale(2, 1, -2, { ...back, recordedAt }));
    expect((await store.salesByDay({})).rows).toEqual([
      { day: '2026-11-01', unitsSold: 5, unitsPriced: 5, revenue: 37_500n },
      { day: '2026-11-02', unitsSold: -2, unitsPriced: -2, revenue: -15_000n },
    ]);
    const left = { productID: 1, unitsSold: 3, unitsPriced: 3, revenue: 22_500n };
    expect((await store.topSellers({ limit: 1, by: 'revenue' })).rows).toEqual([left]);
    expect((await store.audit()).sales).toEqual({ quick: [left], plain: [left] });
  });

  describe('sales by day', () => {
    beforeEach(async () => {
      await appendRecords(
        store,
        sold(1, 1, 4, '2026-11-30', 10),
        sold(2, 2, 1, '2026-11-30'),
        sold(3, 1, 2, '2026-12-02', 20),
      );
      await appendRecords(store, record(4));
    });

    test('are in the order of days, those without sales left out, and as of the last record', async () => {
      expect(await store.salesByDay({})).toEqual({
        asOf: 4,
        rows: [
          { day: '2026-11-30', unitsSold: 5, unitsPriced: 4, revenue: 40n },
          { day: '2026-12-02', unitsSold: 2, unitsPriced: 2, revenue: 40n },
        ],
      });
    });

    test('are of one product if one is asked for', async () => {
      expect(sums((await store.salesByDay({ productID: 1 })).rows)).toEqual([
        [4, 4, 40n],
        [2, 2, 40n],
      ]);
      expect(await store.salesByDay({ productID: 2 })).toMatchObject({
        asOf: 4,
        rows: [{ day: '2026-11-30', unitsSold: 1 }],
      });
      expect(await store.salesByDay({ productID: 9 })).toEqual({ asOf: 4, rows: [] });
    });

    test('are from the first day to the last, both included', async () => {
      const days = async (from?: string, to?: string) =>
        (await store.salesByDay({ from, to })).rows.map(({ day }) => day);
      expect(await days('2026-11-30', '2026-11-30')).toEqual(['2026-11-30']);
      expect(await days('2026-12-01')).toEqual(['2026-12-02']);
      expect(await days(undefined, '2026-12-01')).toEqual(['2026-11-30']);
      expect(await days('2026-12-01', '2026-12-01')).toEqual([]);
    });
  });
});
