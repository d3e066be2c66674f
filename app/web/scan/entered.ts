import type { Product } from '../../client/shop';
import type { ChosenSale } from '../change/returnable-sales';
import type { DoubtfulQuantity } from '../change/typed-quantity';

/** What is wrong with the content of the fields. */
interface Wrong {
  readonly code?: string;
  readonly quantity?: string;
  /** A code that no product has. A product with it may be added. */
  readonly unknown?: string;
}

/** The content of the screen between two changes. */
export interface Entered {
  readonly code: string;
  readonly quantity: string;
  /** The product that was found by its code. */
  readonly product: Product | undefined;
  /** The units of it that were free at the location then; null if it had no record. */
  readonly free: number | null;
  /** How often the product was scanned since it was found; 0 once a quantity was typed. */
  readonly scans: number;
  readonly sale: ChosenSale;
  readonly wrong: Wrong;
  readonly doubted: DoubtfulQuantity | undefined;
}

/** No product is found. The quantity stays as it is until the next product sets it. */
export const NOTHING_FOUND: Omit<Entered, 'quantity'> = {
  code: '',
  product: undefined,
  free: null,
  scans: 0,
  sale: 'likeliest',
  wrong: {},
  doubted: undefined,
};

/** The message for a code that several products have. The page chooses none of them: it might be the wrong one. */
export function severalHave(code: string, products: readonly Product[]): string {
  const names = products.map(({ productID, title }) => `${title} (#${productID})`).join(', ');
  return `Several products have the code “${code}”: ${names}. Type # and the number of the one that is meant.`;
}
