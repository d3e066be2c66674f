import { isChoiceOpen, returnable, saleOf } from '../../app/web/change/returnable-sales';
import { isUndoable, takenBack, undoFields } from '../../app/web/change/undo-record';
import type { RecordAnswer } from '../../app/wire/records';

function record(fields: Partial<RecordAnswer>): RecordAnswer {
  const base = { record: 10, productID: 1, reason: 'receipt', quantityChange: 5 } as const;
  const rest = { availableQuantity: 12, recordedAt: '2026-11-25T10:00:00.000Z' };
  return { ...base, ...rest, ...fields } as RecordAnswer;
}

const SALE = record({ reason: 'sale', quantityChange: -3, quantity: 3, unitPrice: 4.5 });
const RETURN = record({
  record: 11,
  reason: 'return',
  quantityChange: 2,
  quantity: -2,
  unitPrice: 4.5,
  saleRecord: 10,
});
const reference = 'Undo of record 10';

describe('what takes back', () => {
  test.each([
    [
      'what a return has left of a sale',
      SALE,
      [RETURN],
      { reason: 'return', quantityChange: 1, saleRecord: 10, reference },
      undefined,
    ],
    ['a receipt', record({}), [], { reason: 'adjustment', quantityChange: -5, reference }, '"10"'],
    [
      'a receipt at another location',
      record({ locationID: 2 }),
      [],
      { reason: 'adjustment', quantityChange: -5, locationID: 2, reference },
      '"10"',
    ],
    [
      'a receipt, by the marks of the ledger',
      record({ mark: 'm10' }),
      [record({ record: 14, mark: 'm14' }), record({ record: 12, mark: 'm12' })],
      { reason: 'adjustment', quantityChange: -5, reference },
      '"14-m14"',
    ],
    [
      'a receipt after which there was more',
      record({}),
      [record({ record: 14 }), record({ record: 12 })],
      { reason: 'adjustment', quantityChange: -5, reference },
      '"14"',
    ],
    [
      'waste',
      record({ reason: 'waste', quantityChange: -2 }),
      [],
      { reason: 'adjustment', quantityChange: 2, reference },
      '"10"',
    ],
    [
      'a return of no sale',
      record({ reason: 'return', quantityChange: 1 }),
      [],
      { reason: 'adjustment', quantityChange: -1, reference },
      '"10"',
    ],
    [
      'a count',
      record({ reason: 'count', quantityChange: 7 }),
      [],
      { reason: 'adjustment', quantityChange: -7, reference },
      '"10"',
    ],
  ])('%s', (_what, target, newer, fields, ifMatch) => {
    const expected = { path: '/inventory', fields: { productID: 1, ...fields } };
    expect(undoFields(target, newer)).toEqual({ ...expected, ...(ifMatch && { ifMatch }) });
  });

  test('a sale that undid a return, as any other sale', () => {
    const anew = record({ ...SALE, record: 12, reference: 'Undo of record 11' });
    expect(isUndoable(anew)).toBe(true);
    expect(undoFields(anew, [])).toMatchObject({ path: '/sales/12/cancellation' });
  });

  test('a sale is cancelled', () => {
    expect(undoFields(SALE, [])).toEqual({ path: '/sales/10/cancellation', fields: { reference } });
  });

  test('a cancellation is a sale again', () => {
    const cancellation = record({ ...RETURN, reason: 'cancellation', quantityChange: 3 });
    expect(undoFields(cancellation, [])).toMatchObject({
      path: '/sales',
      fields: { productID: 1, quantity: 3, unitPrice: 4.5, reference: 'Undo of record 11' },
    });
  });

  test('a return of a sale is a sale again', () => {
    expect(undoFields(RETURN, [])).toEqual({
      path: '/sales',
      fields: { productID: 1, quantity: 2, unitPrice: 4.5, reference: 'Undo of record 11' },
      ifMatch: '"11"',
    });
  });
});

describe('it is refused to undo', () => {
  test.each([
    ['a sale twice', SALE, [{ ...RETURN, quantityChange: 3 }], /taken back already, by record 11/],
    [
      'anything else twice',
      record({}),
      [record({ record: 12, reference })],
      /already, by record 12/,
    ],
    [
      'a count that is not the last word',
      record({ reason: 'count', quantityChange: 7 }),
      [record({ record: 11 })],
      /Count again/,
    ],
    ['what changed nothing', record({ reason: 'count', quantityChange: 0 }), [], /nothing to undo/],
    ['what undoes another', record({ reference: 'Undo of record 3' }), [], /nothing to undo/],
  ])('%s', (_what, target, newer, words) => {
    expect(undoFields(target, newer)).toMatch(words);
  });

  test('a first record of a hand, which has no change', () => {
    expect(isUndoable(record({ quantityChange: undefined }))).toBe(false);
  });
});

test('records tell what was taken back, by which, in any order', () => {
  const more = record({ ...RETURN, record: 13, quantityChange: 1 });
  const undone = record({ record: 14, reason: 'adjustment', reference: 'Undo of record 12' });
  expect(takenBack([undone, more, record({ record: 12 }), RETURN, SALE])).toEqual(
    new Map([
      [10, { by: 13, units: 3 }],
      [12, { by: 14, units: 5 }],
    ]),
  );
});

test('a return takes back the latest sale that has as many left', () => {
  const sale = (number: number, quantity: number) =>
    record({ record: number, reason: 'sale', quantity, quantityChange: -quantity });
  const sales = returnable(
    [sale(30, 1), sale(20, 2), sale(10, 5)],
    [{ ...RETURN, saleRecord: 20 }],
  );
  expect(sales.map(({ record: number, left }) => [number, left])).toEqual([
    [30, 1],
    [10, 5],
  ]);
  expect(saleOf(sales, 0, 'likeliest')?.record).toBe(30);
  expect(saleOf(sales, 1, 'likeliest')?.record).toBe(30);
  expect(saleOf(sales, 4, 'likeliest')?.record).toBe(10);
  expect(saleOf(sales, 6, 'likeliest')).toBeUndefined();
  expect([0, 5, 6, 7].map((units) => isChoiceOpen(sales, units, 'likeliest'))).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

test('one half of a move is not undone by itself', () => {
  expect(isUndoable(record({ reason: 'move', document: 'move:7' }))).toBe(false);
});
