import type { Product, Shop } from '../../client/shop';
import { foldedCode } from '../../ledger/code';

/** A code so long is not what a hand types as a quantity. */
const CODE_LENGTH_MIN = 6;

/**
 * The products that a code stands for, retired ones left out: those that have it letter by letter, as barcode or SKU;
 * else those that have it by the rule for codes; else the one of this number. More than one is a question to whoever
 * scanned it: none of them is to be chosen.
 */
export function productsOf(shop: Shop, code: string): readonly Product[] {
  const wanted = code.trim();
  if (wanted === '') return [];
  const products = listed(shop);
  const exact = products.filter(({ barcode, sku }) => barcode === wanted || sku === wanted);
  if (exact.length > 0) return exact;
  const folded = foldedCode(wanted);
  const has = (own: string | null) => own !== null && foldedCode(own) === folded;
  const same = products.filter(({ barcode, sku }) => has(barcode) || has(sku));
  if (same.length > 0) return same;
  return products.filter(({ productID }) => String(productID) === wanted.replace(/^#/, ''));
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
