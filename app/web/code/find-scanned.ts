import type { Product, Shop } from '../../client/shop';
import { isSameCode } from '../../ledger/code';
import { CODE_LENGTH_MIN } from '../change/typed-quantity';
import { azertyDigits } from '../ui/keystrokes';
import { plainCharacters } from '../ui/typed-number';
import { productsOf } from './find-product';
import { articleCode, scannedCodes } from './scanned-code';

/** Fewer characters than these may be meant as they are, although a French keyboard types digits so. */
const AZERTY_LENGTH_MIN = 4;

/** What came into a field: its text, and what its keys type on a US keyboard, for which most scanners are set. */
export interface Scan {
  readonly text: string;
  readonly asOnUsKeyboard: string | undefined;
}

/** The products that a scan may mean, by the likeliest reading that has any; several have the same code. */
export function scannedProducts(shop: Shop, scan: Scan): readonly Product[] {
  for (const code of readings(scan)) {
    const found = productsOf(shop, code);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The products whose code stands in place of a quantity, and nothing else does. A product's number is no code: it may as
 * well be the quantity. So may a short code, unless it came as fast as a scanner sends it.
 */
export function productsInPlaceOfQuantity(
  shop: Shop,
  scan: Scan,
  isScanned: boolean,
): readonly Product[] {
  for (const code of readings(scan)) {
    if (code.length < CODE_LENGTH_MIN && !isScanned) continue;
    const found = productsOf(shop, code).filter(({ sku, barcode }) =>
      [sku, barcode].some((own) => own !== null && isSameCode(own, code)),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** The code that a scan is of, for a product that is to be added. */
export function newCode({ text }: Scan): string {
  return articleCode(frenchDigits(text) ?? text);
}

function readings({ text, asOnUsKeyboard }: Scan): string[] {
  const texts = [text, asOnUsKeyboard, frenchDigits(text), plainCharacters(text)];
  return [...new Set(texts.flatMap((each) => (each ? scannedCodes(each) : [])))];
}

function frenchDigits(text: string): string | undefined {
  return text.trim().length < AZERTY_LENGTH_MIN ? undefined : azertyDigits(text.trim());
}
