import { type OutlookFacts, orderedOf, outlook } from '../../app/ledger/outlook';

/** Sixty were sold in thirty days: two a day. */
const facts: OutlookFacts = { availableQuantity: 10, unitsSold: 60, days: 30, product: undefined };
const reordered = (reorderPoint: number | null, reorderQuantity: number | null) => ({
  product: { reorderPoint, reorderQuantity },
});

describe('outlook', () => {
  test('of a product that is not in the catalogue says how long it lasts, and orders nothing', () => {
    expect(outlook(facts)).toEqual({
      availableQuantity: 10,
      days: 30,
      unitsSold: 60,
      unitsPerDay: 2,
      daysOfCover: 5,
      reorderPoint: null,
      reorderQuantity: null,
      low: false,
      ordered: null,
      reorder: 0,
    });
  });

  test.each<[string, Partial<OutlookFacts>, object]>([
    ['nothing was sold', { unitsSold: 0 }, { unitsPerDay: 0, daysOfCover: null }],
    [
      'more came back than was sold',
      { unitsSold: -3 },
      { unitsSold: -3, unitsPerDay: 0, daysOfCover: null },
    ],
    ['nothing is left', { availableQuantity: 0 }, { daysOfCover: 0 }],
    ['the rate is not a round number', { unitsSold: 20 }, { unitsPerDay: 0.67, daysOfCover: 15 }],
    [
      // From the exact rate, 1 in 90 days: 10 units last 900 days, not 10 / 0.01.
      'the rate is small',
      { unitsSold: 1, days: 90 },
      { unitsPerDay: 0.01, daysOfCover: 900 },
    ],
  ])('where %s', (_name, changes, expected) => {
    expect(outlook({ ...facts, ...changes })).toMatchObject(expected);
  });

  test.each<[string, number | null, number | null, number | null, object]>([
    ['no reorder point is known', 0, null, 12, { low: false, reorder: 0 }],
    ['stock is above the reorder point', 6, 5, 12, { low: false, reorder: 0 }],
    ['stock is at the reorder point', 5, 5, 12, { low: true, reorder: 12 }],
    ['one quantity would just reach the reorder point', 0, 12, 12, { low: true, reorder: 24 }],
    ['one quantity just passes the reorder point', 1, 12, 12, { low: true, reorder: 12 }],
    ['no reorder quantity is known', 2, 5, null, { low: true, reorder: 4 }],
    ['the reorder quantity is 0', 2, 5, 0, { low: true, reorder: 4 }],
    ['the reorder point is 0 and nothing is left', 0, 0, 3, { low: true, reorder: 3 }],
    ['it was never counted', null, 5, null, { low: true, reorder: 6, daysOfCover: null }],
    ['it was never counted, its reorder point 0', null, 0, 3, { low: true, reorder: 3 }],
    ['it was never counted, and has no reorder point', null, null, 3, { low: false, reorder: 0 }],
  ])('where %s', (_name, availableQuantity, point, quantity, expected) => {
    const made = outlook({ ...facts, availableQuantity, ...reordered(point, quantity) });
    expect(made).toMatchObject({ ...expected, reorderPoint: point, reorderQuantity: quantity });
  });
  test.each([null, 0, 3])('of a retired product with %s orders nothing', (availableQuantity) => {
    const product = { ...reordered(5, 12).product, retired: true };
    expect(outlook({ ...facts, availableQuantity, product })).toMatchObject({
      low: false,
      reorder: 0,
    });
  });
  test('of an ordered product says so, and orders no more', () => {
    const ordered = { due: '2026-11-28', note: 'PO-1042' };
    const made = outlook({ ...facts, availableQuantity: 2, ...reordered(5, 12), ordered });
    expect(made).toMatchObject({ low: true, ordered, reorder: 0 });
  });
});

test.each<[string, Partial<Parameters<typeof orderedOf>[0]> & object, object | null]>([
  ['before its day', { due: '2026-11-25' }, { due: '2026-11-25', note: 'PO-1' }],
  ['on its day', { due: '2026-11-24' }, { due: '2026-11-24', note: 'PO-1' }],
  ['after it', { due: '2026-11-23' }, null],
  ['resolved', { status: 'resolved', due: null }, null],
  ['snoozed', { status: 'snoozed', due: null }, null],
])('the order that an alert names: %s', (_name, changes, expected) => {
  const alert = { status: 'ordered', due: null, note: 'PO-1', ...changes } as const;
  expect(orderedOf(alert, '2026-11-24')).toEqual(expected);
});

test('without an alert nothing is ordered', () => {
  expect(orderedOf(undefined, '2026-11-24')).toBeNull();
});
