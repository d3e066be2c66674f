import type { Command } from '../../app/ledger/command';
import { decide, draft } from '../../app/ledger/decide';
import { Stock } from '../../app/ledger/stock';
import { record } from './records';

const count = (availableQuantity: number, productID = 1): Command => ({
  kind: 'count',
  productID,
  availableQuantity,
});
const sale = (
  quantity: number,
  productID = 1,
  unitPrice: number | null = null,
): Command & { kind: 'sale' } => ({ kind: 'sale', productID, quantity, unitPrice });

describe('decide', () => {
  test.each([
    ['a count of a new product', undefined, count(5), { availableQuantity: 5, reason: 'count' }],
    ['a count of a known product', 9, count(5), { availableQuantity: 5, reason: 'count' }],
    ['a count to zero', 9, count(0), { availableQuantity: 0, reason: 'count' }],
    ['a sale of some', 9, sale(2), { availableQuantity: 7, reason: 'sale', quantity: 2 }],
    ['a sale of the last', 2, sale(2), { availableQuantity: 0, reason: 'sale', quantity: 2 }],
    ['a sale of none', 0, sale(0), { availableQuantity: 0, reason: 'sale', quantity: 0 }],
    ['a sale at a price', 9, sale(1, 1, 45_000), { availableQuantity: 8, unitPrice: 45_000 }],
    ['a sale of an unknown product', undefined, sale(0), { refusal: 'unknown-product' }],
    [
      'a sale of one too many',
      2,
      sale(3),
      { refusal: 'insufficient-stock', productID: 1, availableQuantity: 2 },
    ],
    ['a sale from nothing', 0, sale(1), { refusal: 'insufficient-stock', availableQuantity: 0 }],
  ])('%s', (_name, available, command, decision) => {
    expect(decide(available, command)).toMatchObject(decision);
  });
});

describe('draft', () => {
  const now = new Date('2026-11-23T12:00:00.000Z');
  const mark = { batch: 42, now };

  test('numbers records from the one after the last, under one mark and one time', () => {
    const { records } = draft(new Stock([record(7)]), [count(1, 2), count(2, 3)], mark);
    expect(records.map((drafted) => drafted.record)).toEqual([8, 9]);
    for (const drafted of records) expect(drafted).toMatchObject({ batch: 42, recordedAt: now });
  });

  test('begins an empty ledger with record 1', () => {
    expect(draft(new Stock(), [count(1)], mark).records[0]?.record).toBe(1);
  });

  test('each command sees those before it, and the stock stays as it was', () => {
    const stock = new Stock([record(1, { availableQuantity: 3 })]);
    const { outcomes } = draft(stock, [sale(2), sale(2), count(9), sale(2)], mark);
    expect(outcomes).toMatchObject([
      { availableQuantity: 1 },
      { refusal: 'insufficient-stock', availableQuantity: 1 },
      { availableQuantity: 9 },
      { availableQuantity: 7 },
    ]);
    expect(stock.get(1)?.availableQuantity).toBe(3);
  });

  test('a refused command leaves no record, no gap, and the others as they are', () => {
    const { records, outcomes } = draft(new Stock(), [count(1), sale(5), sale(1)], mark);
    expect(records.map((drafted) => drafted.record)).toEqual([1, 2]);
    expect(outcomes).toHaveLength(3);
    expect(outcomes[0]).toBe(records[0]);
    expect(outcomes[2]).toBe(records[1]);
  });

  test('a clock that is behind never makes a record older than the one before it', () => {
    const recordedAt = new Date('2026-11-23T12:00:00.001Z');
    const { records } = draft(new Stock([record(1, { recordedAt })]), [count(1)], mark);
    expect(records[0]?.recordedAt).toEqual(recordedAt);
  });
});
