import type { LedgerStore } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { describeMysql, mysqlPlace, onEveryStore } from '../stores';
import { loaded } from './loaded';
import { appendRecords, turnEntries } from './turn-entries';

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('an empty ledger has nothing, to every question', async () => {
    const nothing = { asOf: 0, rows: [] };
    expect(await loaded(store.records)).toEqual([]);
    expect(await store.records.from(1, 10)).toEqual([]);
    expect(await loaded(store.revisions)).toEqual([]);
    expect(await store.revisions.from(1, 10)).toEqual([]);
    expect(await store.request('k')).toBeUndefined();
    expect(await store.latestAsOf(9, 0, 5)).toEqual({ records: [], next: undefined });
    expect(await store.lastRecordAt(new Date())).toBe(0);
    expect(await store.history({ productID: 1, limit: 5 })).toEqual([]);
    expect(await store.explain({ productID: 1, asOf: 9 })).toEqual({
      count: null,
      before: null,
      movements: [],
    });
    expect(await store.topSellers({ limit: 5, by: 'unitsSold' })).toEqual(nothing);
    expect(await store.salesByDay({})).toEqual(nothing);
  });

  test('a record is read as it was appended, to the millisecond and the ten-thousandth', async () => {
    const largest = sale(1, 4_294_967_295, 900, {
      availableQuantity: 2_147_483_647,
      unitPrice: 9_999_999_999_999,
      turnMark: 2 ** 48 - 2,
    });
    const texts = { reference: '✂'.repeat(100), note: '𝄞'.repeat(250) };
    const returned = record(2, {
      productID: 4_294_967_295,
      availableQuantity: 0,
      reason: 'return',
      quantityChange: -2_147_483_647,
      quantity: -900,
      unitPrice: 1,
      saleRecord: 1,
      ...texts,
    });
    await appendRecords(store, largest, returned);
    expect(await store.records.from(1, 10)).toEqual([largest, returned]);
    expect(await loaded(store.records)).toEqual([returned]);
  });

  test('records are read in order, from its record on, no more than its limit', async () => {
    await appendRecords(store, record(1), record(2), record(3), record(4));
    const numbers = (await store.records.from(2, 2)).map((read) => read.record);
    expect(numbers).toEqual([2, 3]);
  });

  test('load reads the latest record of each product', async () => {
    await appendRecords(
      store,
      record(1, { productID: 1 }),
      record(2, { productID: 2 }),
      record(3, { productID: 1, availableQuantity: 4 }),
    );
    const latest = (await loaded(store.records)).map((read) => read.record).sort();
    expect(latest).toEqual([2, 3]);
  });

  test('entries of a turn are visible to others after its commit, and not before', async () => {
    const other = place().open();
    const turn = await store.takeTurn();
    await turn.append(turnEntries([record(1)]));
    expect(await store.records.from(1, 10)).toEqual([]);
    expect(await other.records.from(1, 10)).toEqual([]);
    await turn.commit();
    expect(await store.records.from(1, 10)).toHaveLength(1);
    expect(await loaded(other.records)).toHaveLength(1);
    await other.close();
  });

  test('nothing remains of an abandoned turn, and the next may begin', async () => {
    const turn = await store.takeTurn();
    const sold = sale(1, 1, 3);
    await turn.append(turnEntries([sold]));
    await turn.abandon();
    expect(await loaded(store.records)).toEqual([]);
    expect((await store.topSellers({ limit: 5, by: 'unitsSold' })).rows).toEqual([]);
    await appendRecords(store, record(1));
    expect(await loaded(store.records)).toHaveLength(1);
  });

  test('only one turn lasts at a time, across stores, and each sees all before it', async () => {
    const other = place().open();
    const appendNext = async (through: LedgerStore) => {
      const turn = await through.takeTurn();
      const seen = await turn.records.from(1, 100);
      await turn.append(turnEntries([record(seen.length + 1)]));
      await turn.commit();
    };
    const times = Array.from({ length: 20 });
    const inSequence = async (through: LedgerStore) => {
      for (const _ of times) await appendNext(through);
    };
    await Promise.all([inSequence(store), inSequence(other)]);
    const numbers = (await store.records.from(1, 100)).map((read) => read.record);
    expect(numbers).toEqual([...times, ...times].map((_, index) => index + 1));
    await other.close();
  });

  test('a turn knows by its mark whether an earlier one was committed', async () => {
    const mine = turnEntries([record(1, { turnMark: 99 })], { turnMark: 99 });
    await appendRecords(store, ...mine.records);
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (5, 6)');
    const turn = await store.takeTurn();
    expect(await turn.holds(mine)).toBe(true);
    expect(await turn.holds({ ...mine, turnMark: 98 })).toBe(false);
    expect(await turn.holds(turnEntries([record(2)]))).toBe(false);
    expect(await turn.holds(turnEntries([record(3)]))).toBe(false);
    await turn.abandon();
  });

  test('a row inserted by hand is a count, made now, that nobody marked', async () => {
    await loaded(store.records);
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (5, 6)');
    const [read] = await store.records.from(1, 10);
    expect(read).toMatchObject({ record: 1, productID: 5, availableQuantity: 6, reason: 'count' });
    expect(read).toMatchObject({ quantity: null, unitPrice: null, turnMark: null });
    expect(read).toMatchObject({ quantityChange: null, reference: null, note: null });
    expect(Math.abs(Number(read?.recordedAt) - Date.now())).toBeLessThan(60_000);
  });

  test('a record number that is taken cannot be appended again', async () => {
    await appendRecords(store, record(1));
    const turn = await store.takeTurn();
    await expect(turn.append(turnEntries([record(1)]))).rejects.toThrow();
    await turn.abandon();
    expect(await store.records.from(1, 10)).toHaveLength(1);
  });
});

describeMysql('a turn on MySQL', () => {
  test('is still ours after it was thought about for long', async () => {
    const place = await mysqlPlace();
    const store = place.open();
    const turn = await store.takeTurn();
    // Longer than the three seconds of silence after which the server ends the session of a process that froze.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await turn.append(turnEntries([record(1)]));
    await turn.commit();
    expect(await store.records.from(1, 10)).toHaveLength(1);
    await store.close();
    await place.remove();
  });
});
