import type { Product } from '../../client/shop';
import { type Ordered, toOrder } from '../../ledger/outlook';

/** A product that is low, out, or will be low soon. */
export interface LowProduct {
  readonly product: Product;
  /** In how many days it reaches its reorder point at its rate of sale; 0 if it is low now. */
  readonly daysUntilLow: number;
  /** Undefined if it is not ordered. */
  readonly ordered: Ordered | undefined;
  /** How many to order to keep it from being low after the days of cover; 0 if it is already ordered. */
  readonly order: number;
}

/**
 * What is at or below its reorder point, is out, or will be low within some days. A product without a
 * reorder point is low when it is out; one with it also while it was never counted, as `isLow` has it.
 *
 * @param ordered what is ordered already, by productID
 */
export function lowProducts(
  products: readonly Product[],
  coverDays: number,
  ordered: ReadonlyMap<number, Ordered> = new Map(),
): LowProduct[] {
  return products.flatMap((product) => {
    const { reorderPoint, reorderQuantity, retired, low, out } = product;
    if (retired || (product.availableQuantity === null && !low)) return [];
    const availableQuantity = product.availableQuantity ?? 0;
    const unitsPerDay = product.exactUnitsPerDay;
    const level = reorderPoint ?? 0;
    const daysUntilLow =
      low || out
        ? 0
        : unitsPerDay > 0
          ? (availableQuantity - level) / unitsPerDay
          : Number.POSITIVE_INFINITY;
    if (daysUntilLow > coverDays) return [];
    const missing = level + Math.ceil(unitsPerDay * coverDays) - availableQuantity;
    const own = ordered.get(product.productID);
    const order = own ? 0 : toOrder(Math.max(0, missing), reorderQuantity);
    return [{ product, daysUntilLow, ordered: own, order }];
  });
}
