import type { LedgerStore } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { onEveryStore } from '../stores';
import { appendRecords } from './turn-entries';

const moved = (number: number, reason: 'receipt' | 'waste' | 'return', quantityChange: number) =>
  record(number, { reason, quantityChange });
const sold = (number: number, quantity: number) =>
  sale(number, 1, quantity, { quantityChange: -quantity });

const first = moved(1, 'receipt', 5);
const count = record(5, { availableQuantity: 8, quantityChange: 4 });
/** What product 1 has moved by, in two counts' reach, beside another product. */
const RECORDS = [
  first,
  sold(2, 1),
  record(3, { productID: 2 }),
  moved(4, 'receipt', 10),
  count,
  sold(6, 2),
  record(7, { productID: 2 }),
  sold(8, 1),
  moved(9, 'receipt', 7),
  moved(10, 'waste', -3),
  record(11, { quantityChange: -1 }),
];
const receipts = (records: number, quantityChange: number) => ({
  reason: 'receipt',
  records,
  quantityChange,
});
const sales = (records: number, quantityChange: number) => ({
  reason: 'sale',
  records,
  quantityChange,
});

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(async () => {
    store = place().open();
    await appendRecords(store, ...RECORDS);
  });
  afterEach(() => store.close());

  test('a number is explained by the last count, the stock before it, and the movements since', async () => {
    expect(await store.explain({ productID: 1, asOf: 10 })).toEqual({
      count,
      before: RECORDS[3],
      movements: [
        receipts(1, 7),
        sales(2, -3),
        { reason: 'waste', records: 1, quantityChange: -3 },
      ],
    });
  });

  test('a product that was never counted is explained by all its movements', async () => {
    expect(await store.explain({ productID: 1, asOf: 4 })).toEqual({
      count: null,
      before: null,
      movements: [receipts(2, 15), sales(1, -1)],
    });
  });

  test('a count that nothing has moved since explains it alone', async () => {
    expect(await store.explain({ productID: 1, asOf: 5 })).toMatchObject({
      count: { record: 5 },
      movements: [],
    });
    expect(await store.explain({ productID: 1, asOf: 11 })).toMatchObject({
      count: { record: 11 },
      before: { record: 10 },
      movements: [],
    });
  });

  test('a count that is the first of its product has nothing before it', async () => {
    expect(await store.explain({ productID: 2, asOf: 4 })).toEqual({
      count: RECORDS[2],
      before: null,
      movements: [],
    });
    expect(await store.explain({ productID: 2, asOf: 9 })).toMatchObject({
      count: { record: 7 },
      before: RECORDS[2],
    });
  });

  test('no record after its asOf counts, and no other product', async () => {
    expect(await store.explain({ productID: 1, asOf: 6 })).toMatchObject({
      movements: [sales(1, -2)],
    });
    expect(await store.explain({ productID: 1, asOf: 7 })).toMatchObject({
      movements: [sales(1, -2)],
    });
    expect(await store.explain({ productID: 2, asOf: 2 })).toEqual({
      count: null,
      before: null,
      movements: [],
    });
  });

  test('a row inserted by hand is a count, and one of another kind moves nothing that is known', async () => {
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 60)');
    await place().sql(
      "INSERT INTO inventory (productID, availableQuantity, reason) VALUES (1, 70, 'receipt')",
    );
    await appendRecords(store, moved(14, 'receipt', 2));
    const explained = await store.explain({ productID: 1, asOf: 14 });
    expect(explained.count).toMatchObject({ record: 12, availableQuantity: 60, turnMark: null });
    expect(explained.before).toEqual(RECORDS[10]);
    expect(explained.movements).toEqual([receipts(2, 2)]);
    // Alone it has no known change at all, which is not the same row as none.
    expect((await store.explain({ productID: 1, asOf: 13 })).movements).toEqual([receipts(1, 0)]);
  });
});
