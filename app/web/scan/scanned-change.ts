import { type Product, recordTag } from '../../client/shop';
import type { EnteredChange } from '../change/change';
import type { ChangeKind } from '../change/change-kinds';
import type { ChosenSale } from '../change/returnable-sales';
import { newKey } from '../outbox/change-request';

/** A change as it was scanned. */
export interface ScannedChange {
  readonly change: EnteredChange;
  /** The sale that a return takes back. */
  readonly sale: ChosenSale;
}

/** A change of so many units. Each call makes a new key, so it is another change. */
export function scannedChange(
  kind: ChangeKind,
  quantity: number,
  product: Product,
  sale: ChosenSale,
): ScannedChange {
  const change: EnteredChange = {
    key: newKey(),
    kind,
    product,
    quantity,
    // A count must not overwrite what is recorded between the look at the shelf and the answer.
    ifMatch: kind === 'count' ? recordTag(product) : undefined,
    ...priceOf(kind, product),
  };
  return { change, sale };
}

/** A sale is at the catalogue's price, if it has one. */
function priceOf(kind: ChangeKind, { price }: Product) {
  return kind === 'sale' && price !== null ? { unitPrice: String(price) } : {};
}
