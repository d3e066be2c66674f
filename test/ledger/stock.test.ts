import { fit } from '../../app/ledger/fold';
import { isSameRecord } from '../../app/ledger/record';
import { Stock } from '../../app/ledger/stock';
import { record } from './records';
import { allOf } from './stocks';

describe('Stock', () => {
  test('is exact as of the last record, with its records in any order', () => {
    const stock = new Stock([record(9, { productID: 2 }), record(4, { productID: 1 })]);
    expect(stock.last?.record).toBe(9);
    expect(allOf(stock).map(({ productID }) => productID)).toEqual([1, 2]);
  });

  test('has no last record if the ledger is empty', () => {
    expect(new Stock().last).toBeNull();
    expect(allOf(new Stock())).toEqual([]);
    expect(new Stock().get(1)).toBeUndefined();
  });

  test('orders products by number, not as text, including those added later', () => {
    const stock = new Stock([record(1, { productID: 10 }), record(2, { productID: 9 })]);
    expect(allOf(stock).map(({ productID }) => productID)).toEqual([9, 10]);
    stock.fold([record(3, { productID: 100 }), record(4, { productID: 1 })]);
    expect(allOf(stock).map(({ productID }) => productID)).toEqual([1, 9, 10, 100]);
  });

  test('folds new records, and skips those that it has', () => {
    const stock = new Stock([record(3, { availableQuantity: 3 })]);
    stock.fold([record(2, { availableQuantity: 2 }), record(3, { availableQuantity: 99 })]);
    expect(stock.get(1)?.availableQuantity).toBe(3);
    stock.fold([record(4, { availableQuantity: 4 })]);
    expect(stock.get(1)?.availableQuantity).toBe(4);
    expect(stock.last?.record).toBe(4);
  });
});

describe('a layer', () => {
  test('begins as the stock below it, and does not change that', () => {
    const stock = new Stock([record(3, { availableQuantity: 3 })]);
    const layer = stock.layer();
    expect(layer.last?.record).toBe(3);
    expect(layer.get(1)?.availableQuantity).toBe(3);
    layer.fold([record(4, { availableQuantity: 4 }), record(5, { productID: 9 })]);
    expect(layer.layer().get(1)?.availableQuantity).toBe(4);
    expect(layer.largestProductID).toBe(9);
    expect(stock.get(1)?.availableQuantity).toBe(3);
    expect(stock.last?.record).toBe(3);
    expect(stock.largestProductID).toBe(1);
  });
});

describe('fit', () => {
  const last = record(5);
  const LIMIT = 100;

  test('entries that begin with the last known record are current', () => {
    expect(fit(last, [last, record(6)], LIMIT, isSameRecord)).toBe('current');
  });

  test('no entries are current for an empty ledger', () => {
    expect(fit(null, [record(1)], LIMIT, isSameRecord)).toBe('current');
    expect(fit(null, [], LIMIT, isSameRecord)).toBe('current');
  });

  test.each([
    ['the last known record is gone', []],
    ['the ledger now begins later', [record(6)]],
    ['another transaction wrote that record', [record(5, { turnMark: 8 })]],
    ['somebody inserted another record by hand', [record(5, { turnMark: null })]],
    ['the record is about another product', [record(5, { productID: 2 })]],
    ['the record has another quantity', [record(5, { availableQuantity: 11 })]],
  ])('the ledger has gone back: %s', (_name, reading) => {
    expect(fit(last, reading, LIMIT, isSameRecord)).toBe('rewound');
  });

  test('as many entries as can be read mean far behind', () => {
    expect(fit(last, [last, record(6)], 2, isSameRecord)).toBe('far-behind');
  });
});
