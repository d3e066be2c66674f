import { type Product, type Shop, shopOf } from '../../client/shop';
import type { CatalogueProduct } from '../../wire/products';

/**
 * A product that the catalogue has and the shop does not: one that was added a moment ago, or one that was
 * retired before anything was recorded of it. Either way it has no record.
 */
export function listedProduct(listed: CatalogueProduct, { today }: Shop): Product {
  const { productID, name, sku, barcode, price, reorderPoint, reorderQuantity, retired } = listed;
  const glance = {
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
  };
  const { products } = shopOf({ asOf: 0, salesAsOf: 0, revision: 0, today, products: [glance] });
  return products[0] as Product;
}
