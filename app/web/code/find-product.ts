import type { Product, Shop } from '../../client/shop';
import { foldedCode } from '../../ledger/code';
import { CODE_LENGTH_MIN } from '../change/typed-quantity';

/** A code has at most 64 characters, or more if accents are separate characters. Pasted text may have any length. */
const ENDING_LENGTH_MAX = 128;

/**
 * The products that a code stands for, without retired ones: those whose barcode or SKU is exactly this code;
 * else those that have it by the rule for codes; else the one with this number. If there are several, none of them
 * may be chosen: the user has to say which one is meant.
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
 * the text ends with, by the rule for codes. What was typed before it may stand in front.
 */
export function scannedAsQuantity(shop: Shop, text: string): string | undefined {
  const endings = foldedEndings(text.trim());
  if (endings.size === 0) return undefined;
  return listed(shop)
    .flatMap(({ barcode, sku }) => [barcode ?? '', sku ?? ''])
    .filter((code) => code.length >= CODE_LENGTH_MIN)
    .map((code) => ({ code, length: endings.get(foldedCode(code)) ?? 0 }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length)[0]?.code;
}

/** The ends of a text, as they are compared, and the length of each. */
function foldedEndings(text: string): Map<string, number> {
  const lengths = new Map<string, number>();
  const most = Math.min(text.length, ENDING_LENGTH_MAX);
  for (let length = CODE_LENGTH_MIN; length <= most; length += 1) {
    lengths.set(foldedCode(text.slice(-length)), length);
  }
  return lengths;
}

function listed({ products }: Shop): Product[] {
  return products.filter(({ retired }) => !retired);
}
