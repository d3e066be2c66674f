import { freeOf, type Product, type Shop } from '../../client/shop';
import { isLow, outlook } from '../../ledger/outlook';
import { units } from '../ui/format';
import type { ShopLocations } from './shop-locations';

/**
 * A product as a screen shows it. If the stock of one location is shown, `availableQuantity`, `out`, `reorderPoint`,
 * `reorderQuantity`, `low` and `reorder` are those of the location.
 */
export interface LocatedProduct extends Product {
  /** What is available at all locations together, if one is shown. */
  readonly total?: number | null;
  /** What each location has, in words, if all are shown: "Main 3, Van 9". */
  readonly where?: string;
  /** At which locations it is low, in words, if all are shown: "low at Van"; undefined if it is at none. */
  readonly lowAt?: string | undefined;
}

/** The open locations where a product is at or below its reorder point of the location; none if there is only one location. */
export function lowLocations(
  product: Product,
  shop: Shop,
  { areSeveral, open }: ShopLocations,
): number[] {
  const { productID, reorderPoints, retired } = product;
  if (!areSeveral || !reorderPoints) return [];
  return reorderPoints
    .filter(({ locationID }) => open.some((location) => location.locationID === locationID))
    .filter(({ locationID, reorderPoint }) => {
      const availableQuantity = freeOf(shop, productID, locationID);
      return isLow({ availableQuantity, reorderPoint, retired });
    })
    .map(({ locationID }) => locationID);
}

/** A product as it is at a location. */
export function productAt(product: Product, shop: Shop, locationID: number): LocatedProduct {
  const { productID, availableQuantity: total, reorderPoints, retired } = product;
  const free = freeOf(shop, productID, locationID);
  const point = reorderPoints?.find((each) => each.locationID === locationID);
  const { reorderPoint, reorderQuantity, low, reorder } = outlook({
    availableQuantity: free,
    // The page does not know what was sold at a location.
    unitsSold: 0,
    days: 1,
    product: {
      reorderPoint: point?.reorderPoint ?? null,
      reorderQuantity: point?.reorderQuantity ?? null,
      retired,
    },
  });
  const here = { availableQuantity: free, out: free === 0, reorderPoint, reorderQuantity };
  return { ...product, ...here, low, reorder, total };
}

/** A product as it is at all locations together. */
export function productAnywhere(
  product: Product,
  shop: Shop,
  locations: ShopLocations,
): LocatedProduct {
  const { open, nameOf } = locations;
  const where = open
    .map(({ locationID }) => ({ locationID, free: freeOf(shop, product.productID, locationID) }))
    .filter(({ free }) => free)
    .map(({ locationID, free }) => `${nameOf(locationID)} ${units(free)}`)
    .join(', ');
  const lowAt = lowLocations(product, shop, locations).map(nameOf).join(', ');
  return { ...product, where, lowAt: lowAt === '' ? undefined : `low at ${lowAt}` };
}
