import type { Product, Shop } from '../live/shop';

/** The product that a code stands for: its barcode, its SKU, or its number. Retired ones are not found. */
export function findProduct(shop: Shop, code: string): Product | undefined {
  const wanted = code.trim().toLowerCase();
  if (wanted === '') return undefined;
  const listed = shop.products.filter(({ retired }) => !retired);
  return (
    listed.find(({ barcode }) => barcode?.toLowerCase() === wanted) ??
    listed.find(({ sku }) => sku?.toLowerCase() === wanted) ??
    listed.find(({ productID }) => String(productID) === wanted.replace(/^#/, ''))
  );
}
