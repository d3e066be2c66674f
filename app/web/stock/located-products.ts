import { useMemo } from 'react';
import { freeOf, type Product, type Shop } from '../../client/shop';
import type { ShopLocations } from '../location/shop-locations';
import { units } from '../ui/format';

/** A product as the stock shows it: `availableQuantity` and `out` are those of the location that is shown, if there is one. */
export interface LocatedProduct extends Product {
  /** What is available at all locations together, if one is shown. */
  readonly total?: number | null;
  /** What each location has, in words, if all are shown: "Main 3, Van 9". */
  readonly where?: string;
}

/** The products as they are at a location, or at all. @param locationID 0 for all */
export function useLocatedProducts(
  shop: Shop | undefined,
  locations: ShopLocations,
  locationID: number,
): readonly LocatedProduct[] | undefined {
  return useMemo(
    () =>
      locations.areSeveral
        ? shop?.products.map((product) => located(product, shop, locations, locationID))
        : shop?.products,
    [shop, locations, locationID],
  );
}

function located(
  product: Product,
  shop: Shop,
  { open, nameOf }: ShopLocations,
  locationID: number,
): LocatedProduct {
  const total = product.availableQuantity;
  if (locationID > 0) {
    const free = freeOf(shop, product.productID, locationID);
    return { ...product, availableQuantity: free, out: free === 0, total };
  }
  const where = open
    .map((location) => ({
      ...location,
      free: freeOf(shop, product.productID, location.locationID),
    }))
    .filter(({ free }) => free)
    .map(({ locationID, free }) => `${nameOf(locationID)} ${units(free)}`)
    .join(', ');
  return { ...product, where };
}
