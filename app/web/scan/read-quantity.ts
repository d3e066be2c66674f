import type { Product, Shop } from '../../client/shop';
import { isGtin } from '../../ledger/code';
import type { ChangeKind } from '../change/change-kinds';
import { judge, type Typed } from '../change/judge-quantity';
import { CODE_LENGTH_MIN } from '../change/typed-quantity';
import { scannedAsQuantity } from '../code/find-product';
import { newCode, productsInPlaceOfQuantity, type Scan } from '../code/find-scanned';

/** The text in the quantity field when Enter is pressed. */
export interface EnteredQuantity extends Scan {
  /** The product whose quantity is asked for. */
  readonly product: Product;
  readonly kind: ChangeKind;
  /** Whether its keys came as fast as a scanner sends them. */
  readonly isScanned: boolean;
}

/** What was entered. */
export type QuantityReading =
  /** The code of the same product: one unit more. */
  | { readonly is: 'same' }
  /** The code of another product, to be looked up. It is not alone if something was typed in front of it. */
  | { readonly is: 'other'; readonly code: Scan; readonly isAlone: boolean }
  /** A code, by its digits or letters, that no product has. */
  | { readonly is: 'code'; readonly text: string; readonly code: string; readonly detail: string }
  | { readonly is: 'wrong'; readonly detail: string }
  /** A quantity to ask about, unless the product's history makes it likely. */
  | { readonly is: 'doubtful'; readonly typed: Typed }
  | { readonly is: 'taken'; readonly quantity: number };

/** Reads the quantity field. A code is recognised before a quantity, because scanners type digits too. */
export function readQuantity(shop: Shop, entered: EnteredQuantity): QuantityReading {
  const { product, kind, text, asOnUsKeyboard, isScanned } = entered;
  const scan = { text, asOnUsKeyboard };
  const [found, ...others] = productsInPlaceOfQuantity(shop, scan, isScanned);
  if (found) {
    // Where several have the code, it is not said which one was scanned.
    const isSame = found.productID === product.productID && others.length === 0;
    return isSame ? { is: 'same' } : { is: 'other', code: scan, isAlone: true };
  }
  const ending = scannedAsQuantity(shop, text);
  if (ending !== undefined) {
    return { is: 'other', code: { text: ending, asOnUsKeyboard: undefined }, isAlone: false };
  }
  const typed = { product, kind, text: typedDigits(scan), isScanned };
  const judgement = judge(shop, typed);
  switch (judgement.verdict) {
    case 'taken':
      return { is: 'taken', quantity: judgement.quantity };
    case 'wrong':
      if (!isCodeOfLetters(scan, isScanned)) return { is: 'wrong', detail: judgement.detail };
      return {
        is: 'code',
        text: text.trim(),
        code: newCode(scan),
        detail: `“${text.trim()}” is a code, not a quantity.`,
      };
    case 'code':
      return { is: 'code', text: typed.text, code: newCode(scan), detail: judgement.detail };
    case 'doubtful':
      return { is: 'doubtful', typed };
  }
}

/** Whether a text that is no number is a code: it has a GTIN in it, or letters as a code has them. */
function isCodeOfLetters(scan: Scan, isScanned: boolean): boolean {
  const text = scan.text.trim();
  if (newCode(scan) !== text) return isGtin(newCode(scan));
  if (!/\p{L}/u.test(text)) return false;
  // By a hand "12 pcs" is a quantity with its unit.
  const hasUnit = /^[0-9]+\s*\p{L}+$/u.test(text);
  return isScanned || (text.length >= CODE_LENGTH_MIN && /[0-9]/.test(text) && !hasUnit);
}

/** The text, or the digits that were meant if it was typed on a French keyboard's digit keys without Shift. */
function typedDigits({ text, asOnUsKeyboard }: Scan): string {
  const isFrench = !/[0-9]/.test(text) && /^[0-9]+$/.test(asOnUsKeyboard ?? '');
  return isFrench ? (asOnUsKeyboard as string) : text;
}
