import type { LedgerStore } from '../../app/ledger/store';
import { namedSale, record, sale } from '../ledger/records';
import { onEveryStore } from '../stores';
import { appendRecords, turnEntries } from './turn-entries';

const back = (number: number, quantity: number, saleRecord: number) =>
  record(number, { reason: 'return', quantity: -quantity, quantityChange: quantity, saleRecord });

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  /** What a turn says of these records as sales. */
  async function sales(...records: number[]) {
    const turn = await store.takeTurn();
    const found = await turn.sales(records);
    await turn.abandon();
    return found.toSorted((a, b) => a.record - b.record);
  }

  test('a sale is shown with what all returns took back of it', async () => {
    await appendRecords(
      store,
      sale(1, 1, 5, { unitPrice: 9_999_999_999_999 }),
      sale(2, 7, 2_147_483_647),
      back(3, 2, 1),
    );
    await appendRecords(store, back(4, 1, 1), back(5, 2_147_483_647, 2));
    const at = { recordedAt: record(1).recordedAt };
    const first = { productID: 1, quantity: 5, unitPrice: 9_999_999_999_999 };
    const second = { productID: 7, quantity: 2_147_483_647, unitPrice: null };
    expect(await sales(1, 2)).toEqual([
      namedSale(1, { ...first, ...at, returnedQuantity: 3 }),
      namedSale(2, { ...second, ...at, returnedQuantity: 2_147_483_647 }),
    ]);
  });

  test('a sale that was cancelled names the record that did it', async () => {
    const cancellation = record(2, { reason: 'cancellation', quantity: -5, saleRecord: 1 });
    await appendRecords(store, sale(1, 1, 5, { locationID: 3 }), cancellation);
    expect(await sales(1)).toMatchObject([
      { record: 1, locationID: 3, returnedQuantity: 5, cancelledBy: 2 },
    ]);
  });

  test('a sale that nothing was returned of has nothing returned', async () => {
    await appendRecords(store, sale(1, 1, 5), record(2, { reason: 'return', quantityChange: 4 }));
    expect(await sales(1)).toMatchObject([{ record: 1, returnedQuantity: 0 }]);
  });

  test('no other record is a sale, nor is one inserted by hand without its quantity', async () => {
    await appendRecords(
      store,
      record(1),
      sale(2, 1, 5),
      back(3, 2, 2),
      record(4, { reason: 'waste' }),
    );
    await place().sql(
      "INSERT INTO inventory (productID, availableQuantity, reason) VALUES (1, 3, 'sale')",
    );
    expect((await sales(1, 2, 3, 4, 5, 6)).map((found) => found.record)).toEqual([2]);
  });

  test('a turn sees what it has appended itself', async () => {
    const turn = await store.takeTurn();
    const records = [sale(1, 1, 5), back(2, 2, 1)];
    await turn.append(turnEntries(records, { sales: [] }));
    expect(await turn.sales([1])).toMatchObject([{ quantity: 5, returnedQuantity: 2 }]);
    await turn.abandon();
  });
});
