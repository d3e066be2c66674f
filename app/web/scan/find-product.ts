import type { Product, Shop } from '../../client/shop';

/** A code so long is not what a hand types as a quantity. */
const CODE_LENGTH_MIN = 6;

/** The product that a code stands for: its barcode, its SKU, or its number. Retired ones are not found. */
export function findProduct(shop: Shop, code: string): Product | undefined {
  const wanted = code.trim().toLowerCase();
  if (wanted === '') return undefined;
  const products = listed(shop);
  return (
    products.find(({ barcode }) => barcode?.toLowerCase() === wanted) ??
    products.find(({ sku }) => sku?.toLowerCase() === wanted) ??
    products.find(({ productID }) => String(productID) === wanted.replace(/^#/, ''))
  );
}

/**
 * The code that was scanned where a quantity belongs: the longest barcode or SKU of 6 characters and more that
 * the text ends with. What was typed before it may stand in front.
 */
export function scannedAsQuantity(shop: Shop, text: string): string | undefined {
  const typed = text.toLowerCase();
  return listed(shop)
    .flatMap(({ barcode, sku }) => [barcode ?? '', sku ?? ''])
    .filter((code) => code.length >= CODE_LENGTH_MIN && typed.endsWith(code.toLowerCase()))
    .sort((a, b) => b.length - a.length)[0];
}

function listed({ products }: Shop): Product[] {
  return products.filter(({ retired }) => !retired);
}
