import type { Command } from '../../app/ledger/command';
import { decide } from '../../app/ledger/decide';
import type { Facts, NamedSale } from '../../app/ledger/facts';
import { QUANTITY_MAX } from '../../app/ledger/quantity';
import type { StockRefusal } from '../../app/ledger/refusal';
import { cancelled, counted, moved, sold } from './commands';
import { factsOf } from './facts';
import { namedSale, record } from './records';

/** Product 1 with this many units, as of record 7. */
const holding = (availableQuantity: number): Facts => factsOf(record(7, { availableQuantity }));
const unknown = factsOf(undefined);

/** Record 3 sold five units of product 1 at 4.50; two are back. */
const saleOfFive = namedSale(3, { unitPrice: 45_000, returnedQuantity: 2 });
const afterSale = (sale: Partial<NamedSale> = {}): Facts => ({
  ...holding(10),
  sale: { ...saleOfFive, ...sale },
});
const nothingSold = { quantity: null, unitPrice: null, saleRecord: null };

describe('decide accepts', () => {
  test.each<[string, Facts, Command, object]>([
    ['a count of a new product', unknown, counted(5), { availableQuantity: 5, reason: 'count' }],
    ['a count of a known product', holding(9), counted(5), { availableQuantity: 5 }],
    ['a count to zero', holding(9), counted(0), { availableQuantity: 0, ...nothingSold }],
    ['a sale of some', holding(9), sold(2), { availableQuantity: 7, reason: 'sale', quantity: 2 }],
    ['a sale of the last', holding(2), sold(2), { availableQuantity: 0, quantity: 2 }],
    ['a sale at a price', holding(9), sold(1, { unitPrice: 45_000 }), { unitPrice: 45_000 }],
    [
      'a receipt',
      holding(9),
      moved('receipt', 3),
      { availableQuantity: 12, reason: 'receipt', ...nothingSold },
    ],
    [
      'a receipt as the first of a product',
      unknown,
      moved('receipt', 3),
      { availableQuantity: 3, reason: 'receipt' },
    ],
    ['an adjustment up', holding(9), moved('adjustment', 1), { availableQuantity: 10 }],
    ['an adjustment to zero', holding(9), moved('adjustment', -9), { availableQuantity: 0 }],
    ['waste', holding(9), moved('waste', -4), { availableQuantity: 5, reason: 'waste' }],
    [
      'a return that names no sale, which takes none back',
      holding(9),
      moved('return', 4),
      { availableQuantity: 13, reason: 'return', ...nothingSold },
    ],
    [
      'a return of all that is left of a sale, at its price',
      afterSale(),
      moved('return', 3, { saleRecord: 3 }),
      { availableQuantity: 13, reason: 'return', quantity: -3, unitPrice: 45_000, saleRecord: 3 },
    ],
    [
      'a return of a sale without a price',
      afterSale({ unitPrice: null }),
      moved('return', 1, { saleRecord: 3 }),
      { quantity: -1, unitPrice: null, saleRecord: 3 },
    ],
    [
      'a cancellation, which takes the whole sale back at its price',
      afterSale({ returnedQuantity: 0 }),
      cancelled(3),
      {
        availableQuantity: 15,
        onHandQuantity: 15,
        onHandChange: 5,
        reason: 'cancellation',
        quantity: -5,
        unitPrice: 45_000,
        saleRecord: 3,
      },
    ],
    [
      'a cancellation of a sale of nothing, as older ledgers have them',
      afterSale({ quantity: 0, returnedQuantity: 0 }),
      cancelled(3),
      { availableQuantity: 10, quantity: 0, onHandChange: 0 },
    ],
    [
      'as many as can be counted',
      holding(QUANTITY_MAX - 1),
      moved('receipt', 1),
      { availableQuantity: QUANTITY_MAX },
    ],
    [
      'what expects the latest record, among others',
      holding(9),
      counted(5, { expectedRecords: [6, 7] }),
      { availableQuantity: 5 },
    ],
    ['a count as of the latest record', holding(9), counted(5, { asOf: 7 }), { reason: 'count' }],
    ['a count as of a later moment', holding(9), counted(5, { asOf: 12 }), { reason: 'count' }],
    ['a count as of a moment without a record', unknown, counted(5, { asOf: 0 }), {}],
    ['what expects any record', holding(9), sold(1, { expectedRecords: 'any' }), { quantity: 1 }],
    ['what expects the quantity', holding(9), sold(1, { expectedQuantity: 9 }), { quantity: 1 }],
    ['what expects none', holding(0), counted(1, { expectedQuantity: 0 }), { reason: 'count' }],
  ])('%s', (_name, facts, command, change) => {
    const decision = decide(facts, command);
    expect(decision).not.toHaveProperty('refusal');
    expect(decision).toMatchObject(change);
  });
});

describe('decide refuses', () => {
  const unknownProduct = { refusal: 'unknown-product', productID: 1 } as const;
  const stale = { refusal: 'stale-record', productID: 1 } as const;
  const short = { refusal: 'insufficient-stock', productID: 1 } as const;

  test.each<[string, Facts, Command, StockRefusal]>([
    ['a cancellation of an unknown product', unknown, cancelled(3), unknownProduct],
    [
      'a cancellation of what is no sale',
      holding(9),
      cancelled(3),
      { refusal: 'unknown-sale', productID: 1, saleRecord: 3 },
    ],
    [
      'a cancellation of a sale of another product',
      afterSale({ productID: 2, returnedQuantity: 0 }),
      cancelled(3),
      { refusal: 'unknown-sale', productID: 1, saleRecord: 3 },
    ],
    [
      'a cancellation of a sale at another location',
      afterSale({ locationID: 2, returnedQuantity: 0 }),
      cancelled(3),
      { refusal: 'unknown-sale', productID: 1, saleRecord: 3 },
    ],
    [
      'a second cancellation',
      afterSale({ returnedQuantity: 5, cancelledBy: 6 }),
      cancelled(3),
      { refusal: 'sale-cancelled', productID: 1, saleRecord: 3, record: 6 },
    ],
    [
      'a cancellation of a sale of which units were returned',
      afterSale(),
      cancelled(3),
      { refusal: 'sale-returned', productID: 1, saleRecord: 3, returnedQuantity: 2 },
    ],
    [
      'a cancellation that expects another record',
      afterSale({ returnedQuantity: 0 }),
      cancelled(3, { expectedRecords: [6] }),
      { ...stale, record: 7, availableQuantity: 10 },
    ],
    [
      'a cancellation after which there would be too many',
      { ...holding(QUANTITY_MAX - 4), sale: { ...saleOfFive, returnedQuantity: 0 } },
      cancelled(3),
      { refusal: 'stock-limit', productID: 1, availableQuantity: QUANTITY_MAX - 4 },
    ],
    ['a sale of an unknown product, even of none', unknown, sold(0), unknownProduct],
    ['waste of an unknown product', unknown, moved('waste', -1), unknownProduct],
    ['an adjustment of an unknown product', unknown, moved('adjustment', 1), unknownProduct],
    ['a return of an unknown product', unknown, moved('return', 1), unknownProduct],
    [
      'what expects another record',
      holding(9),
      counted(5, { expectedRecords: [6, 8] }),
      { ...stale, record: 7, availableQuantity: 9 },
    ],
    [
      'what expects no record at all',
      holding(9),
      counted(5, { expectedRecords: [] }),
      { ...stale, record: 7, availableQuantity: 9 },
    ],
    [
      'a count that expects any record where there is none',
      unknown,
      counted(5, { expectedRecords: 'any' }),
      { ...stale, record: null, availableQuantity: null },
    ],
    [
      'a sale that expects a record where there is none: it is told that, not that the product is unknown',
      unknown,
      sold(1, { expectedRecords: [7] }),
      { ...stale, record: null, availableQuantity: null },
    ],
    [
      'a count as of a moment after which the product moved',
      holding(9),
      counted(5, { asOf: 6, line: 3 }),
      { ...stale, record: 7, availableQuantity: 9, line: 3 },
    ],
    [
      'a count as of a moment before the first record',
      holding(9),
      counted(5, { asOf: 0 }),
      { ...stale, record: 7, availableQuantity: 9 },
    ],
    [
      'what expects another quantity',
      holding(9),
      counted(5, { expectedQuantity: 8 }),
      { refusal: 'unexpected-quantity', productID: 1, availableQuantity: 9 },
    ],
    [
      'a count that expects zero of a product without a record',
      unknown,
      counted(5, { expectedQuantity: 0 }),
      { refusal: 'unexpected-quantity', productID: 1, availableQuantity: null },
    ],
    [
      'a return of no sale',
      holding(9),
      moved('return', 1, { saleRecord: 3 }),
      { refusal: 'unknown-sale', productID: 1, saleRecord: 3 },
    ],
    [
      "a return of another product's sale",
      afterSale({ productID: 2 }),
      moved('return', 1, { saleRecord: 3 }),
      { refusal: 'unknown-sale', productID: 1, saleRecord: 3 },
    ],
    [
      'a return of one more than is left of the sale',
      afterSale(),
      moved('return', 4, { saleRecord: 3 }),
      { refusal: 'return-exceeds-sale', productID: 1, saleRecord: 3, returnableQuantity: 3 },
    ],
    ['a sale of one too many', holding(2), sold(3), { ...short, availableQuantity: 2 }],
    ['waste of one too many', holding(2), moved('waste', -3), { ...short, availableQuantity: 2 }],
    [
      'an adjustment below zero',
      holding(0),
      moved('adjustment', -1),
      { ...short, availableQuantity: 0 },
    ],
    [
      'one more than can be counted',
      holding(QUANTITY_MAX),
      moved('receipt', 1),
      { refusal: 'stock-limit', productID: 1, availableQuantity: QUANTITY_MAX },
    ],
    [
      'a first receipt of more than can be counted',
      unknown,
      moved('receipt', QUANTITY_MAX + 1),
      { refusal: 'stock-limit', productID: 1, availableQuantity: 0 },
    ],
  ])('%s', (_name, facts, command, refusal) => {
    expect(decide(facts, command)).toEqual(refusal);
  });
});

test('stock above QUANTITY_MAX, which a row inserted by hand may leave, can still go down', () => {
  const facts = holding(QUANTITY_MAX + 10);
  expect(decide(facts, moved('waste', -1))).toMatchObject({
    reason: 'waste',
    availableQuantity: QUANTITY_MAX + 9,
  });
});
