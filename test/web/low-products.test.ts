import { shopOf } from '../../app/client/shop';
import { lowProducts } from '../../app/web/low/low-products';
import type { OverviewProduct } from '../../app/wire/overview';
import { glance, neverCounted, overviewOf, unitsSold } from './shops';

/** What is low of these, within some days. */
function lowOf(products: readonly OverviewProduct[], coverDays: number) {
  return lowProducts(shopOf(overviewOf(products)).products, coverDays);
}

/** 56 in the 28 days up to yesterday: two a day. */
const TWO_A_DAY = unitsSold({ 1: 56 });
const NOT_LISTED = undefined;

describe('lowProducts', () => {
  test.each<
    [string, Partial<OverviewProduct>, number, { daysUntilLow: number; order: number } | undefined]
  >([
    ['above its reorder point, and sells none', { reorderPoint: 9 }, 365, NOT_LISTED],
    ['at its reorder point', { reorderPoint: 10 }, 0, { daysUntilLow: 0, order: 1 }],
    ['below its reorder point', { reorderPoint: 14 }, 0, { daysUntilLow: 0, order: 5 }],
    [
      'below, and comes in boxes',
      { reorderPoint: 14, reorderQuantity: 4 },
      0,
      { daysUntilLow: 0, order: 8 },
    ],
    [
      'below by one box less one',
      { reorderPoint: 13, reorderQuantity: 4 },
      0,
      { daysUntilLow: 0, order: 4 },
    ],
    // 10 − 4 last three days at two a day; on the third it is at its reorder point.
    [
      'low just when the days are over',
      { reorderPoint: 4, unitsSold: TWO_A_DAY },
      3,
      { daysUntilLow: 3, order: 1 },
    ],
    ['low a day later', { reorderPoint: 4, unitsSold: TWO_A_DAY }, 2, NOT_LISTED],
    [
      'low before the days are over',
      { reorderPoint: 4, unitsSold: TWO_A_DAY },
      10,
      { daysUntilLow: 3, order: 15 },
    ],
    [
      'low before the days are over, and comes in boxes',
      { reorderPoint: 4, reorderQuantity: 6, unitsSold: TWO_A_DAY },
      10,
      { daysUntilLow: 3, order: 18 },
    ],
    [
      'low now, and is to last',
      { reorderPoint: 10, unitsSold: TWO_A_DAY },
      7,
      { daysUntilLow: 0, order: 15 },
    ],
    // One and a half are sold by then: two, since none is sold by halves.
    [
      'selling one every other day',
      { reorderPoint: 9, unitsSold: unitsSold({ 1: 14 }) },
      3,
      { daysUntilLow: 2, order: 2 },
    ],
    ['in stock without a reorder point, and sells none', {}, 365, NOT_LISTED],
    ['out without a reorder point', { availableQuantity: 0 }, 0, { daysUntilLow: 0, order: 1 }],
    [
      'out in five days without a reorder point',
      { unitsSold: TWO_A_DAY },
      5,
      { daysUntilLow: 5, order: 1 },
    ],
    [
      'sold today alone, which is no whole day',
      { unitsSold: unitsSold({ 0: 56 }) },
      365,
      NOT_LISTED,
    ],
    ['sold before the 28 days alone', { unitsSold: unitsSold({ 29: 56 }) }, 365, NOT_LISTED],
    ['returned more than it sold', { unitsSold: unitsSold({ 1: -56 }) }, 365, NOT_LISTED],
    ['out, but retired', { availableQuantity: 0, retired: true }, 365, NOT_LISTED],
  ])('of one that is %s', (_name, product, coverDays, expected) => {
    const low = lowOf([glance(product)], coverDays);
    expect(low.map(({ daysUntilLow, order }) => ({ daysUntilLow, order }))).toEqual(
      expected ? [expected] : [],
    );
  });

  test('has what was never counted if it has a reorder point, as if there were none of it', () => {
    const [low] = lowOf([neverCounted({ reorderPoint: 5, unitsSold: TWO_A_DAY })], 10);
    expect(low).toMatchObject({ daysUntilLow: 0, order: 26, product: { low: true, out: false } });
    expect(lowOf([neverCounted({ reorderPoint: 0 })], 0)).toHaveLength(1);
    expect(lowOf([neverCounted({ unitsSold: TWO_A_DAY })], 365)).toEqual([]);
    expect(lowOf([neverCounted({ reorderPoint: 5, retired: true })], 365)).toEqual([]);
  });

  test('the order is enough: above the reorder point when the days are over, by less than one box', () => {
    for (const reorderQuantity of [null, 1, 5, 12]) {
      for (let coverDays = 3; coverDays <= 60; coverDays += 1) {
        const product = glance({ reorderPoint: 4, reorderQuantity, unitsSold: TWO_A_DAY });
        const [low] = lowOf([product], coverDays);
        const left = 10 + (low?.order ?? 0) - 2 * coverDays;
        expect(left).toBeGreaterThan(4);
        expect(left).toBeLessThanOrEqual(4 + (reorderQuantity ?? 1));
      }
    }
  });

  test('orders nothing more of what is ordered', () => {
    const { products } = shopOf(
      overviewOf([
        glance({ productID: 1, reorderPoint: 14 }),
        glance({ productID: 2, reorderPoint: 14 }),
      ]),
    );
    const ordered = { due: '2026-11-28', note: null };
    const low = lowProducts(products, 0, new Map([[2, ordered]]));
    expect(low).toMatchObject([
      { ordered: undefined, order: 5 },
      { ordered, order: 0 },
    ]);
  });

  test('lists what is low at a location only, with nothing to order for its total', () => {
    const { products } = shopOf(overviewOf([glance({ reorderPoint: 2 })]));
    const placed = products.map((product) => ({ ...product, lowAt: 'low at Van' }));
    expect(lowProducts(placed, 14)).toMatchObject([
      { daysUntilLow: Number.POSITIVE_INFINITY, order: 0 },
    ]);
  });

  test('keeps the order of the products, and returns the products themselves', () => {
    const { products } = shopOf(
      overviewOf([
        glance({ productID: 3, availableQuantity: 0 }),
        glance({ productID: 4 }),
        glance({ productID: 8, availableQuantity: 0 }),
      ]),
    );
    const low = lowProducts(products, 14);
    expect(low.map(({ product }) => product.productID)).toEqual([3, 8]);
    expect(low[0]?.product).toBe(products[0]);
  });
});
