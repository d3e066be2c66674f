import type { StockLine } from '../ledger/store';

/** A limit that no number of products meets. */
export const EVERY_PRODUCT = 2 ** 32;

/** Stock to compare: by productID, and nothing but what `GET /inventory` answers. */
export function stockLines(rows: readonly StockLine[]): StockLine[] {
  return rows
    .map(({ productID, availableQuantity }) => ({ productID, availableQuantity }))
    .sort((a, b) => a.productID - b.productID);
}
