import { type Product, productOf } from '../../client/shop';
import type { CatalogueProduct } from '../../wire/products';

/**
 * A product that the catalogue has and the shop does not: one that was added a moment ago, or one that was
 * retired before anything was recorded of it. Either way it has no record.
 */
export function listedProduct(listed: CatalogueProduct): Product {
  const { productID, name, sku, barcode, price, reorderPoint, reorderQuantity, retired } = listed;
  return productOf({
    productID,
    name,
    sku,
    barcode,
    price,
    reorderPoint,
    reorderQuantity,
    ...(retired && { retired }),
    availableQuantity: null,
    record: null,
    mark: null,
    recordedAt: null,
    unitsSold: [],
  });
}
