import type { LedgerRecord } from '../../app/ledger/record';
import { dailySales } from '../../app/ledger/sales';
import type { LedgerStore } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { onEveryStore } from '../stores';

async function append(store: LedgerStore, ...records: LedgerRecord[]): Promise<void> {
  const turn = await store.takeTurn();
  await turn.append(records, dailySales(records));
  await turn.commit();
}

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('an empty ledger has no records, no stock and no sellers', async () => {
    expect(await store.load()).toEqual([]);
    expect(await store.recordsFrom(1, 10)).toEqual([]);
    expect(await store.topSellers({ limit: 5 })).toEqual({ asOf: 0, sellers: [] });
  });

  test('a record is read as it was appended, to the millisecond and the ten-thousandth', async () => {
    const largest = sale(1, 4_294_967_295, 2_147_483_647, {
      availableQuantity: 2_147_483_647,
      unitPrice: 9_999_999_999_999,
      batch: 2 ** 48 - 2,
    });
    await append(store, largest);
    expect(await store.recordsFrom(1, 10)).toEqual([largest]);
    expect(await store.load()).toEqual([largest]);
  });

  test('recordsFrom reads in order, from its record on, no more than its limit', async () => {
    await append(store, record(1), record(2), record(3), record(4));
    const numbers = (await store.recordsFrom(2, 2)).map((read) => read.record);
    expect(numbers).toEqual([2, 3]);
  });

  test('load reads the latest record of each product', async () => {
    await append(
      store,
      record(1, { productID: 1 }),
      record(2, { productID: 2 }),
      record(3, { productID: 1, availableQuantity: 4 }),
    );
    const latest = (await store.load()).map((read) => read.record).sort();
    expect(latest).toEqual([2, 3]);
  });

  test('what a turn appends is seen by nobody else before its commit, and by all after', async () => {
    const other = place().open();
    const turn = await store.takeTurn();
    await turn.append([record(1)], []);
    expect(await store.recordsFrom(1, 10)).toEqual([]);
    expect(await other.recordsFrom(1, 10)).toEqual([]);
    await turn.commit();
    expect(await store.recordsFrom(1, 10)).toHaveLength(1);
    expect(await other.load()).toHaveLength(1);
    await other.close();
  });

  test('nothing of an abandoned turn remains, and the next may begin', async () => {
    const turn = await store.takeTurn();
    const sold = sale(1, 1, 3);
    await turn.append([sold], dailySales([sold]));
    await turn.abandon();
    expect(await store.load()).toEqual([]);
    expect((await store.topSellers({ limit: 5 })).sellers).toEqual([]);
    await append(store, record(1));
    expect(await store.load()).toHaveLength(1);
  });

  test('only one turn lasts at a time, across stores, and each sees all before it', async () => {
    const other = place().open();
    const appendNext = async (through: LedgerStore) => {
      const turn = await through.takeTurn();
      const seen = await turn.recordsFrom(1, 100);
      await turn.append([record(seen.length + 1)], []);
      await turn.commit();
    };
    const times = Array.from({ length: 20 });
    const inSequence = async (through: LedgerStore) => {
      for (const _ of times) await appendNext(through);
    };
    await Promise.all([inSequence(store), inSequence(other)]);
    const numbers = (await store.recordsFrom(1, 100)).map((read) => read.record);
    expect(numbers).toEqual([...times, ...times].map((_, index) => index + 1));
    await other.close();
  });

  test('a turn tells the mark under which a record stands', async () => {
    await append(store, record(1, { batch: 99 }));
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (5, 6)');
    const turn = await store.takeTurn();
    expect(await turn.batchOf(1)).toBe(99);
    expect(await turn.batchOf(2)).toBeNull();
    expect(await turn.batchOf(3)).toBeUndefined();
    await turn.abandon();
  });

  test('a row inserted by hand is a count, made now, that nobody marked', async () => {
    await store.load();
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (5, 6)');
    const [read] = await store.recordsFrom(1, 10);
    expect(read).toMatchObject({ record: 1, productID: 5, availableQuantity: 6, reason: 'count' });
    expect(read).toMatchObject({ quantity: null, unitPrice: null, batch: null });
    expect(Math.abs(Number(read?.recordedAt) - Date.now())).toBeLessThan(60_000);
  });

  test('a record number that is taken cannot be appended again', async () => {
    await append(store, record(1));
    const turn = await store.takeTurn();
    await expect(turn.append([record(1)], [])).rejects.toThrow();
    await turn.abandon();
    expect(await store.recordsFrom(1, 10)).toHaveLength(1);
  });

  describe('top sellers', () => {
    const sold = (number: number, productID: number, quantity: number, day: string) =>
      sale(number, productID, quantity, { recordedAt: new Date(`${day}T23:59:59.999Z`) });
    beforeEach(async () => {
      await append(
        store,
        sold(1, 3, 4, '2026-11-01'),
        sold(2, 1, 4, '2026-11-02'),
        sold(3, 2, 9, '2026-11-02'),
      );
      await append(store, sold(4, 3, 1, '2026-11-02'), sold(5, 2, 1, '2026-11-03'));
    });

    test('are ranked by units, then by productID', async () => {
      expect(await store.topSellers({ limit: 5 })).toEqual({
        asOf: 5,
        sellers: [
          { productID: 2, unitsSold: 10 },
          { productID: 3, unitsSold: 5 },
          { productID: 1, unitsSold: 4 },
        ],
      });
    });

    test('are limited', async () => {
      expect((await store.topSellers({ limit: 1 })).sellers).toEqual([
        { productID: 2, unitsSold: 10 },
      ]);
    });

    test('are counted from the first day to the last, both included', async () => {
      const on = async (from?: string, to?: string) =>
        (await store.topSellers({ limit: 5, from, to })).sellers.map(({ unitsSold }) => unitsSold);
      expect(await on('2026-11-02', '2026-11-02')).toEqual([9, 4, 1]);
      expect(await on('2026-11-03')).toEqual([1]);
      expect(await on(undefined, '2026-11-01')).toEqual([4]);
      expect(await on('2027-01-01')).toEqual([]);
    });
  });
});
