import { type Product, recordTag } from '../../client/shop';
import type { EnteredChange } from '../change/change';
import type { ChangeKind } from '../change/change-kinds';
import type { ChangeLocation } from '../change/change-location';
import type { ChosenSale } from '../change/returnable-sales';
import { countedAgainst } from '../change/use-send-change';
import { newKey } from '../outbox/change-request';

/** A change as it was scanned. */
export interface ScannedChange {
  readonly change: EnteredChange;
  /** The sale that a return takes back. */
  readonly sale: ChosenSale;
}

/** Where it was scanned, and what was free there then; null if the product had no record. */
export interface ScannedAt {
  readonly location: ChangeLocation | undefined;
  readonly free: number | null;
}

/** A change of so many units. Each call makes a new key, so it is another change. */
export function scannedChange(
  kind: ChangeKind,
  quantity: number,
  product: Product,
  sale: ChosenSale,
  at: ScannedAt,
): ScannedChange {
  const change: EnteredChange = {
    key: newKey(),
    kind,
    product,
    quantity,
    location: at.location,
    // A count must not overwrite what is recorded between the look at the shelf and the answer.
    ...(kind === 'count' &&
      countedAgainst({ counted: recordTag(product), expected: at.free }, at.location)),
    ...priceOf(kind, product),
  };
  return { change, sale };
}

/** A sale is at the catalogue's price, if it has one. */
function priceOf(kind: ChangeKind, { price }: Product) {
  return kind === 'sale' && price !== null ? { unitPrice: String(price) } : {};
}
