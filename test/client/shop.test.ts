import {
  acknowledge,
  DAYS,
  follow,
  type Product,
  recordTag,
  type Shop,
  shopOf,
} from '../../app/client/shop';
import type { LatestRecord, RecordAnswer } from '../../app/wire/records';
import {
  glance,
  neverCounted,
  overviewOf,
  record,
  sale,
  TODAY,
  unitsSold,
  YESTERDAY,
} from '../web/shops';

/** What the tests look at of a product. */
function seen(shop: Shop, productID = 1) {
  const product = shop.byID.get(productID);
  return product && [product.record, product.availableQuantity, product.units30];
}

/** That the list and the map have the same, in order. */
function expectWhole({ products, byID }: Shop) {
  expect([...byID.values()]).toEqual(products);
  const productIDs = products.map(({ productID }) => productID);
  expect(productIDs).toEqual([...productIDs].sort((a, b) => a - b));
}

describe('shopOf', () => {
  test('goes on after the record that the sales are exact as of', () => {
    const shop = shopOf(overviewOf([], { asOf: 9, salesAsOf: 7 }));
    expect(shop).toMatchObject({ asOf: 9, followed: 7, revision: 3, today: TODAY, products: [] });
  });

  test('sums the days: 7 and 30 with today, the rate without it', () => {
    const sold = unitsSold({ 0: 1, 1: 2, 6: 4, 7: 8, 28: 46, 29: 32 });
    const { byID } = shopOf(overviewOf([glance({ unitsSold: sold })]));
    expect(byID.get(1)).toMatchObject({
      units7: 7,
      units30: 93,
      // (2 + 4 + 8 + 46) / 28
      unitsPerDay: 2.14,
      daysOfCover: 4.67,
    });
  });

  test('says what is low, what is out, and what to order', () => {
    const { products } = shopOf(
      overviewOf([
        glance({ productID: 1, reorderPoint: 9 }),
        glance({ productID: 2, reorderPoint: 10, reorderQuantity: 6 }),
        glance({ productID: 3, availableQuantity: 0 }),
        neverCounted({ productID: 4, reorderPoint: 10 }),
        neverCounted({ productID: 5 }),
        glance({ productID: 6, reorderPoint: 10, retired: true }),
      ]),
    );
    expect(products.map(({ low, out, reorder }) => [low, out, reorder])).toEqual([
      [false, false, 0],
      [true, false, 6],
      [false, true, 0],
      [true, false, 11],
      [false, false, 0],
      [false, false, 0],
    ]);
  });

  test('has no days of cover for what was never counted, with any sales', () => {
    const { byID } = shopOf(overviewOf([neverCounted({ unitsSold: unitsSold({ 1: 28 }) })]));
    expect(byID.get(1)).toMatchObject({ availableQuantity: null, daysOfCover: null, out: false });
  });

  test('names by its number what has no name, and finds without case and accents', () => {
    const { products } = shopOf(
      overviewOf([
        glance({ name: 'Café Crème', sku: 'CAF-1', barcode: '4006381333962' }),
        glance({ productID: 2, name: null, sku: null }),
      ]),
    );
    expect(products.map(({ title }) => title)).toEqual(['Café Crème', 'Product 2']);
    expect(products[0]?.searchText).toBe('cafe creme caf-1 4006381333962 1');
    expect(products[1]?.searchText).toContain('2');
  });
});

describe('follow', () => {
  const shop = shopOf(overviewOf([glance(), glance({ productID: 2, availableQuantity: 20 })]));

  test('takes up the stock and the sale of each record', () => {
    const after = follow(shop, [sale(6, 2, 8), record(7, 25, { productID: 2 }), sale(8, 3, 5)]);
    expect(after).toMatchObject({ asOf: 8, followed: 8, revision: 3, today: TODAY });
    expect(seen(after, 1)).toEqual([8, 5, 5]);
    expect(seen(after, 2)).toEqual([7, 25, 0]);
    expectWhole(after);
  });

  test('takes up the mark of the latest record, for its entity tag', () => {
    expect(recordTag(shop.byID.get(1) as Product)).toBe('"5-m5"');
    const after = follow(shop, [record(7, 25, { mark: 'm7' })]);
    expect(recordTag(after.byID.get(1) as Product)).toBe('"7-m7"');
    expect(recordTag(after.byID.get(2) as Product)).toBe('"5-m5"');
    const answered = acknowledge(after, { ...record(8, 26), mark: 'm8' });
    expect(recordTag(answered.byID.get(1) as Product)).toBe('"8-m8"');
    // A service that tells no marks takes the number alone.
    expect(recordTag(follow(shop, [record(7, 25)]).byID.get(1) as Product)).toBe('"7"');
    expect(recordTag(neverCounted() as Product)).toBeUndefined();
  });

  test('leaves the shop before as it was', () => {
    const before = structuredClone(shop);
    follow(shop, [sale(6, 2, 8), record(7, 1, { productID: 9 })]);
    expect(shop).toEqual(before);
  });

  test('is the same shop if nothing is new', () => {
    expect(follow(shop, [])).toBe(shop);
    expect(follow(shop, [sale(4, 1, 3), sale(5, 1, 2)])).toBe(shop);
  });

  test('takes nothing twice: neither again nor overlapping', () => {
    const records = [sale(6, 2, 8), sale(7, 1, 7), sale(8, 3, 4)];
    const once = follow(shop, records);
    expect(follow(once, records)).toBe(once);
    expect(follow(follow(shop, records.slice(0, 2)), records)).toEqual(once);
  });

  test('has the same result however the records are cut into pieces', () => {
    const records = [
      sale(6, 2, 8),
      record(7, 4, { productID: 9 }),
      sale(8, 1, 3, { productID: 9 }),
      record(9, 30, { productID: 2 }),
      sale(10, 1, 7),
    ];
    const whole = follow(shop, records);
    for (let cut = 0; cut <= records.length; cut += 1) {
      const first = follow(shop, records.slice(0, cut));
      expect(follow(first, records.slice(cut))).toEqual(whole);
    }
    expect(records.reduce((before, one) => follow(before, [one]), shop)).toEqual(whole);
  });

  test('keeps products that nothing happened to as they are', () => {
    const after = follow(shop, [sale(6, 2, 8)]);
    expect(after.byID.get(2)).toBe(shop.byID.get(2));
    expect(after.byID.get(1)).not.toBe(shop.byID.get(1));
  });

  test('takes up products that it did not know, in their place', () => {
    const between = shopOf(overviewOf([glance(), glance({ productID: 5 })]));
    const after = follow(between, [
      record(6, 9, { productID: 9 }),
      record(7, 3, { productID: 3 }),
      sale(8, 1, 2, { productID: 3 }),
    ]);
    expect(after.products.map(({ productID }) => productID)).toEqual([1, 3, 5, 9]);
    expect(after.byID.get(3)).toMatchObject({
      name: null,
      title: 'Product 3',
      record: 8,
      availableQuantity: 2,
      units30: 1,
    });
    expect(after.byID.get(3)?.unitsSold).toHaveLength(DAYS);
    expectWhole(after);
  });

  test('counts what is in the catalogue alone once it has a record', () => {
    const listed = shopOf(overviewOf([neverCounted({ reorderPoint: 4 })]));
    const after = follow(listed, [record(6, 3)]);
    expect(after.byID.get(1)).toMatchObject({
      name: 'House Espresso',
      availableQuantity: 3,
      recordedAt: `${TODAY}T12:00:00.000Z`,
      low: true,
    });
  });

  test.each<[string, Partial<RecordAnswer>, number]>([
    ['a sale of today', { reason: 'sale', quantity: 3 }, 7],
    ['a return that names its sale', { reason: 'return', quantity: -3, saleRecord: 2 }, 1],
    ['a return that names none', { reason: 'return' }, 4],
    ['a count', { reason: 'count' }, 4],
    ['a receipt', { reason: 'receipt' }, 4],
    [
      'a sale in the last moment of today',
      { reason: 'sale', quantity: 3, recordedAt: `${TODAY}T23:59:59.999Z` },
      7,
    ],
    // Those of other days are in the overview, which is loaded again.
    [
      'a sale of yesterday',
      { reason: 'sale', quantity: 3, recordedAt: `${YESTERDAY}T23:59:59.999Z` },
      4,
    ],
    [
      'a sale of tomorrow',
      { reason: 'sale', quantity: 3, recordedAt: '2026-11-24T00:00:00.000Z' },
      4,
    ],
  ])('%s moves the units of today, where 4 were sold', (_name, changes, today) => {
    const sold = unitsSold({ 0: 4, 1: 6 });
    const before = shopOf(overviewOf([glance({ unitsSold: sold })]));
    const after = follow(before, [record(6, 1, changes)]);
    expect(after.byID.get(1)?.unitsSold).toEqual(unitsSold({ 0: today, 1: 6 }));
    // The stock is as the record has it, whenever that was.
    expect(seen(after)?.slice(0, 2)).toEqual([6, 1]);
  });

  test('more can come back today than was sold today', () => {
    const after = follow(shop, [record(6, 12, { reason: 'return', quantity: -2, saleRecord: 1 })]);
    expect(after.byID.get(1)?.unitsSold).toEqual(unitsSold({ 0: -2 }));
  });

  test('counts the sales up to the stock that it has already, and moves the stock by later ones only', () => {
    // The overview's stock is later than its sales.
    const later = shopOf(
      overviewOf([glance({ record: 8, availableQuantity: 4 })], { asOf: 8, salesAsOf: 5 }),
    );
    const halfway = follow(later, [sale(6, 2, 8), sale(7, 1, 7)]);
    expect(halfway).toMatchObject({ asOf: 8, followed: 7 });
    expect(seen(halfway)).toEqual([8, 4, 3]);
    const after = follow(halfway, [sale(8, 3, 4), sale(9, 1, 3)]);
    expect(after).toMatchObject({ asOf: 9, followed: 9 });
    expect(seen(after)).toEqual([9, 3, 7]);
  });

  test('does not count again the sales that the overview has', () => {
    const before = shopOf(
      overviewOf([glance({ unitsSold: unitsSold({ 0: 4 }) })], { asOf: 8, salesAsOf: 7 }),
    );
    const after = follow(before, [sale(6, 2, 8), sale(7, 2, 6), sale(8, 1, 5)]);
    expect(seen(after)).toEqual([8, 5, 5]);
  });
});

describe('acknowledge', () => {
  const shop = shopOf(overviewOf([glance(), glance({ productID: 5 })]));
  const answer = (number: number, availableQuantity: number, productID = 1): LatestRecord => ({
    record: number,
    productID,
    availableQuantity,
    recordedAt: `${TODAY}T12:00:00.000Z`,
  });

  test('shows the stock at once, and leaves it to the stream how far the records are known', () => {
    const after = acknowledge(shop, answer(9, 3));
    expect(seen(after)).toEqual([9, 3, 0]);
    expect(after).toMatchObject({ asOf: 5, followed: 5 });
    expect(after.byID.get(5)).toBe(shop.byID.get(5));
    expectWhole(after);
  });

  test('leaves the sale to the stream, which brings it once', () => {
    const after = acknowledge(shop, sale(6, 2, 8));
    expect(seen(after)).toEqual([6, 8, 0]);
    expect(seen(follow(after, [sale(6, 2, 8)]))).toEqual([6, 8, 2]);
  });

  test('is the same shop if the record is known: the stream was faster, or the answer is an old one', () => {
    const followed = follow(shop, [sale(6, 2, 8)]);
    expect(acknowledge(followed, answer(6, 8))).toBe(followed);
    expect(acknowledge(followed, answer(2, 99))).toBe(followed);
    const twice = acknowledge(shop, answer(6, 8));
    expect(acknowledge(twice, answer(6, 8))).toBe(twice);
  });

  test('leaves a product that was not known to the stream, which has its name looked up', () => {
    expect(acknowledge(shop, answer(6, 12, 3))).toBe(shop);
  });

  test('is not set back by the records before it, whose sales count', () => {
    const answered = acknowledge(shop, answer(8, 4));
    const halfway = follow(answered, [sale(6, 2, 8), record(7, 3, { productID: 5 })]);
    expect(seen(halfway, 1)).toEqual([8, 4, 2]);
    expect(seen(halfway, 5)).toEqual([7, 3, 0]);
    expect(seen(follow(halfway, [sale(8, 4, 4), sale(9, 1, 3)]))).toEqual([9, 3, 7]);
  });

  test('ends up as with the stream alone, no matter when the answer arrives', () => {
    const records = [sale(6, 2, 8), sale(7, 1, 7), sale(8, 1, 9, { productID: 5 }), sale(9, 3, 4)];
    const streamed = follow(shop, records);
    for (let at = 0; at <= records.length; at += 1) {
      const before = follow(shop, records.slice(0, at));
      const answered = acknowledge(before, answer(9, 4));
      expect(follow(answered, records.slice(at))).toEqual(streamed);
    }
  });
});
