import { type Ordered, toOrder } from '../../ledger/outlook';
import type { LocatedProduct } from '../location/located-product';

/** A product that is low, out, or will be low soon. */
export interface LowProduct {
  readonly product: LocatedProduct;
  /** In how many days it reaches its reorder point at its rate of sale; 0 if it is low now, Infinity if it never does. */
  readonly daysUntilLow: number;
  /** Undefined if it is not ordered. */
  readonly ordered: Ordered | undefined;
  /** How many to order to keep it from being low after the days of cover; 0 if it is already ordered. */
  readonly order: number;
}

/**
 * What is at or below its reorder point, is out, or will be low within some days. A product without a
 * reorder point is low when it is out; one with it also while it was never counted, as `isLow` has it. A product that is low at
 * one location only is listed with the numbers of its total, of which nothing is to be ordered.
 *
 * @param ordered what is ordered already, by productID
 */
export function lowProducts(
  products: readonly LocatedProduct[],
  coverDays: number,
  ordered: ReadonlyMap<number, Ordered> = new Map(),
): LowProduct[] {
  return products.flatMap((product) => {
    const { reorderPoint, reorderQuantity, retired, low, out, lowAt } = product;
    if (retired || (product.availableQuantity === null && !low && !lowAt)) return [];
    const availableQuantity = product.availableQuantity ?? 0;
    const unitsPerDay = product.exactUnitsPerDay;
    const level = reorderPoint ?? 0;
    const daysUntilLow =
      low || out
        ? 0
        : unitsPerDay > 0
          ? (availableQuantity - level) / unitsPerDay
          : Number.POSITIVE_INFINITY;
    const isSoon = daysUntilLow <= coverDays;
    if (!isSoon && !lowAt) return [];
    const missing = level + Math.ceil(unitsPerDay * coverDays) - availableQuantity;
    const own = ordered.get(product.productID);
    const order = own || !isSoon ? 0 : toOrder(Math.max(0, missing), reorderQuantity);
    return [{ product, daysUntilLow, ordered: own, order }];
  });
}

/** What is at or below its reorder point at the location that the products are shown at. */
export function lowThere(
  products: readonly LocatedProduct[],
  ordered: ReadonlyMap<number, Ordered> = new Map(),
): LowProduct[] {
  return products
    .filter(({ low }) => low)
    .map((product) => {
      const own = ordered.get(product.productID);
      return { product, daysUntilLow: 0, ordered: own, order: own ? 0 : product.reorder };
    });
}
