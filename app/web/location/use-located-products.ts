import { useMemo } from 'react';
import type { Shop } from '../../client/shop';
import { type LocatedProduct, productAnywhere, productAt } from './located-product';
import type { ShopLocations } from './shop-locations';

/** The products as they are at a location, or at all. @param locationID 0 for all */
export function useLocatedProducts(
  shop: Shop | undefined,
  locations: ShopLocations,
  locationID: number,
): readonly LocatedProduct[] | undefined {
  return useMemo(
    () =>
      locations.areSeveral
        ? shop?.products.map((product) =>
            locationID > 0
              ? productAt(product, shop, locationID)
              : productAnywhere(product, shop, locations),
          )
        : shop?.products,
    [shop, locations, locationID],
  );
}
