import { FIRST_LOCATION } from '../../client/cells';
import { freeOf, type Product, recordTag, type Shop } from '../../client/shop';
import { typedPrice } from '../ui/format';
import { dropUnsent, keepUnsent, readUnsent } from '../ui/unsent';
import type { ChangeKind } from './change-kinds';

/** What was typed into the change form. */
export interface UnsentChange {
  readonly quantity: string;
  readonly reference: string;
  /** Undefined until somebody types one. Until then it is the catalogue's price. */
  readonly unitPrice: string | undefined;
  /** The entity tag of the product's record when a count began: a count must not overwrite later records. */
  readonly counted: string | undefined;
  readonly locationID: number;
  /** The free units at the location when a count began, for the same reason; null if the product had no record. */
  readonly expected: number | null;
}

/** How the form begins, at a location. */
export function emptyChange(
  product: Product,
  shop: Shop | undefined,
  locationID: number,
): UnsentChange {
  const counted = recordTag(product);
  const expected = freeNow(product, shop, locationID);
  return { quantity: '', reference: '', unitPrice: undefined, counted, locationID, expected };
}

/** The units of a product that are free at a location now; null if it has no record. */
export function freeNow(
  { productID }: Product,
  shop: Shop | undefined,
  locationID: number,
): number | null {
  return shop ? freeOf(shop, productID, locationID) : null;
}

/** What was typed for this kind and neither sent nor given up. Kinds are kept apart: 99 counted is not 99 sold. */
export function keptChange({ productID }: Product, kind: ChangeKind): UnsentChange | undefined {
  const kept = readUnsent<UnsentChange>(nameOf(productID, kind));
  // An earlier build of the page kept no location.
  return kept && { ...kept, locationID: kept.locationID ?? FIRST_LOCATION };
}

/** Keeps what was typed; forgets it if the form is empty. */
export function keepChange(product: Product, kind: ChangeKind, unsent: UnsentChange): void {
  const { quantity, reference, unitPrice } = unsent;
  const isPriced = unitPrice !== undefined && unitPrice !== typedPrice(product.price);
  const isTouched = quantity !== '' || reference !== '' || isPriced;
  const kept = { ...unsent, unitPrice: isPriced ? unitPrice : undefined };
  if (isTouched) keepUnsent(nameOf(product.productID, kind), kept);
  else dropChange(product, kind);
}

export function dropChange({ productID }: Product, kind: ChangeKind): void {
  dropUnsent(nameOf(productID, kind));
}

function nameOf(productID: number, kind: ChangeKind): string {
  return `change.${productID}.${kind}`;
}
