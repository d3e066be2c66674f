import { Stock } from '../../app/ledger/stock';
import { record } from './records';

const LIMIT = 100;

describe('Stock', () => {
  test('is exact as of the last record, in whatever order its records come', () => {
    const stock = new Stock([record(9, { productID: 2 }), record(4, { productID: 1 })]);
    expect(stock.last?.record).toBe(9);
    expect(stock.all().map(({ productID }) => productID)).toEqual([1, 2]);
  });

  test('of an empty ledger has no last record', () => {
    expect(new Stock().last).toBeNull();
    expect(new Stock().all()).toEqual([]);
    expect(new Stock().get(1)).toBeUndefined();
  });

  test('orders products by number, not by text, also those that came later', () => {
    const stock = new Stock([record(1, { productID: 10 }), record(2, { productID: 9 })]);
    expect(stock.all().map(({ productID }) => productID)).toEqual([9, 10]);
    stock.fold([record(3, { productID: 100 }), record(4, { productID: 1 })]);
    expect(stock.all().map(({ productID }) => productID)).toEqual([1, 9, 10, 100]);
  });

  test('folds what is new, and passes over what it knows', () => {
    const stock = new Stock([record(3, { availableQuantity: 3 })]);
    stock.fold([record(2, { availableQuantity: 2 }), record(3, { availableQuantity: 99 })]);
    expect(stock.get(1)?.availableQuantity).toBe(3);
    stock.fold([record(4, { availableQuantity: 4 })]);
    expect(stock.get(1)?.availableQuantity).toBe(4);
    expect(stock.last?.record).toBe(4);
  });
});

describe('Stock.follow', () => {
  const last = record(5);

  test('takes up a reading that begins with the last known record', () => {
    const stock = new Stock([last]);
    expect(stock.follow(last, [last, record(6, { availableQuantity: 1 })], LIMIT)).toBe('current');
    expect(stock.get(1)?.availableQuantity).toBe(1);
  });

  test('takes up a first reading of an empty ledger', () => {
    const stock = new Stock();
    expect(stock.follow(null, [record(1)], LIMIT)).toBe('current');
    expect(stock.last?.record).toBe(1);
  });

  test('takes up a reading that is older than what was folded meanwhile', () => {
    const stock = new Stock([last]);
    stock.fold([record(6, { availableQuantity: 6 }), record(7, { availableQuantity: 7 })]);
    expect(stock.follow(last, [last, record(6)], LIMIT)).toBe('current');
    expect(stock.get(1)?.availableQuantity).toBe(7);
  });

  test.each([
    ['the last known record is gone', []],
    ['the ledger now begins later', [record(6)]],
    ['another transaction wrote that record', [record(5, { batch: 8 })]],
    ['somebody inserted another record by hand', [record(5, { batch: null })]],
    ['the record is about another product', [record(5, { productID: 2 })]],
    ['the record has another quantity', [record(5, { availableQuantity: 11 })]],
  ])('tells that the ledger has gone back: %s', (_name, reading) => {
    const stock = new Stock([last]);
    expect(stock.follow(last, reading, LIMIT)).toBe('rewound');
    expect(stock.last).toBe(last);
  });

  test('tells that it is far behind when a reading is as long as one may be', () => {
    const stock = new Stock([last]);
    expect(stock.follow(last, [last, record(6)], 2)).toBe('far-behind');
    expect(stock.last).toBe(last);
  });
});
