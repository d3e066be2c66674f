import { Stock } from '../../app/ledger/stock';
import { salesInMemory } from '../../app/ledger/write/turn-facts';
import { all, cancelled, counted, moved, sold } from './commands';
import { namedSale, record, sale } from './records';

const SALE = sale(7, 1, 5, { unitPrice: 45_000, locationID: 3 });
const stock = new Stock([SALE, record(8, { productID: 2 }), sale(9, 4, 1)]);

test.each([
  ['a cancellation', cancelled(7)],
  ['a return', moved('return', 2, { saleRecord: 7 })],
])('the sale of %s is known while it is the latest record of its product', (_name, command) => {
  const { recordedAt } = SALE;
  expect(salesInMemory(stock, [all(counted(3), command)])).toEqual(
    new Map([[7, namedSale(7, { unitPrice: 45_000, locationID: 3, recordedAt })]]),
  );
});

test.each([
  ['has a later record, which may have taken something back', cancelled(6)],
  ['has another sale', cancelled(9)],
  ['was counted last', cancelled(8, { productID: 2 })],
  ['has no record', cancelled(7, { productID: 5 })],
])('the ledger is asked if the product %s', (_name, command) => {
  expect(salesInMemory(stock, [all(cancelled(7)), all(command)])).toBeUndefined();
});

test('nobody is asked for sales that are not named', () => {
  expect(salesInMemory(stock, [all(sold(1), moved('return', 1)), all(counted(9))])).toEqual(
    new Map(),
  );
});
