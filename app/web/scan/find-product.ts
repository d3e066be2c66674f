import type { Product, Shop } from '../../client/shop';
import { foldedCode } from '../../ledger/code';
import { CODE_LENGTH_MIN } from '../change/typed-quantity';

/** A code has 64 characters at most, and some more where accents are apart; what is pasted may be of any length. */
const ENDING_LENGTH_MAX = 128;

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

/** What a text ends with, as it is compared, and the most characters that each is of. */
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
