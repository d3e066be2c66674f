import type { HistoryQuery } from '../../app/ledger/questions';
import type { LedgerRecord } from '../../app/ledger/record';
import type { LedgerStore } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { onEveryStore } from '../stores';
import { appendRecords } from './turn-entries';

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const numbers = (records: readonly LedgerRecord[]) => records.map((read) => read.record);

/** Two products' records, four moments; the second moment has three of them. */
const RECORDS = [
  record(1, { availableQuantity: 9, recordedAt: at('10:00:00.000') }),
  sale(2, 1, 2, { availableQuantity: 7, quantityChange: -2, recordedAt: at('10:00:00.001') }),
  record(3, { productID: 2, recordedAt: at('10:00:00.001') }),
  sale(4, 1, 1, { availableQuantity: 6, quantityChange: -1, recordedAt: at('10:00:00.001') }),
  record(5, { reason: 'waste', quantityChange: -1, recordedAt: at('11:00:00.000') }),
  record(6, { recordedAt: at('12:00:00.000') }),
];

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(async () => {
    store = place().open();
    await appendRecords(store, ...RECORDS);
  });
  afterEach(() => store.close());

  describe('a history', () => {
    const history = async (query: Partial<HistoryQuery>) =>
      numbers(await store.history({ productID: 1, limit: 10, ...query }));

    test("is a product's records as they were appended, newest first", async () => {
      const all = await store.history({ productID: 1, limit: 10 });
      expect(all).toEqual(RECORDS.filter(({ productID }) => productID === 1).toReversed());
      expect(await history({ productID: 2 })).toEqual([3]);
      expect(await history({ productID: 9 })).toEqual([]);
    });

    test('is filtered by reason', async () => {
      expect(await history({ reason: 'sale' })).toEqual([4, 2]);
      expect(await history({ reason: 'return' })).toEqual([]);
    });

    test('is filtered by time, the first and the last moment included', async () => {
      expect(await history({ from: at('10:00:00.001') })).toEqual([6, 5, 4, 2]);
      expect(await history({ from: at('10:00:00.002') })).toEqual([6, 5]);
      expect(await history({ to: at('10:00:00.001') })).toEqual([4, 2, 1]);
      expect(await history({ from: at('10:00:00.001'), to: at('10:59:59.999') })).toEqual([4, 2]);
    });

    test('is paged by the last record of a page, with any filter', async () => {
      expect(await history({ limit: 2 })).toEqual([6, 5]);
      expect(await history({ limit: 2, before: 5 })).toEqual([4, 2]);
      expect(await history({ limit: 2, before: 2 })).toEqual([1]);
      expect(await history({ limit: 2, before: 1 })).toEqual([]);
      expect(await history({ limit: 1, before: 4, reason: 'sale' })).toEqual([2]);
    });

    test('has rows that were inserted by hand, as counts', async () => {
      await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 3)');
      expect(await history({ reason: 'count' })).toEqual([7, 6, 1]);
    });
  });

  describe('the past', () => {
    test('is the latest record of each product up to the one that the ledger ended with', async () => {
      const asOf = async (last: number) =>
        numbers((await store.latestAsOf(last, 0, 10)).records).sort();
      expect(await asOf(0)).toEqual([]);
      expect(await asOf(1)).toEqual([1]);
      expect(await asOf(3)).toEqual([2, 3]);
      expect(await asOf(5)).toEqual([3, 5]);
      expect(await asOf(6)).toEqual([3, 6]);
      expect(await asOf(99)).toEqual([3, 6]);
      expect((await store.latestAsOf(1, 0, 10)).records).toEqual([RECORDS[0]]);
    });

    test('of a moment is as of the last record of that moment', async () => {
      const lastAt = (time: string) => store.lastRecordAt(at(time));
      expect(await lastAt('09:59:59.999')).toBe(0);
      expect(await lastAt('10:00:00.000')).toBe(1);
      expect(await lastAt('10:00:00.001')).toBe(4);
      expect(await lastAt('11:59:59.999')).toBe(5);
      expect(await lastAt('12:00:00.000')).toBe(6);
      expect(await store.lastRecordAt(new Date('9999-12-31T23:59:59.999Z'))).toBe(6);
      expect(await store.lastRecordAt(new Date('1970-01-01T00:00:00.000Z'))).toBe(0);
    });
  });
});
