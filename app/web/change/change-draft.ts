import { type Product, recordTag } from '../../client/shop';
import { dropDraft, keepDraft, readDraft } from '../ui/drafts';
import { typedPrice } from '../ui/format';
import type { Kind } from './kinds';

/** What stands in the change form. */
export interface ChangeDraft {
  readonly quantity: string;
  readonly reference: string;
  /** Undefined until somebody types one: it is the catalogue's, whatever that comes to be. */
  readonly unitPrice: string | undefined;
  /** The entity tag of the product's record when a count was begun: what comes since is not to be wiped out. */
  readonly counted: string | undefined;
}

/** How the form begins. */
export function emptyDraft(product: Product): ChangeDraft {
  return { quantity: '', reference: '', unitPrice: undefined, counted: recordTag(product) };
}

/** What was typed before and neither sent nor given up, of this kind alone: 99 counted is not 99 sold. */
export function keptDraft({ productID }: Product, kind: Kind): ChangeDraft | undefined {
  return readDraft<ChangeDraft>(nameOf(productID, kind));
}

/** Keeps what was typed; nothing where nothing was. */
export function keepChange(product: Product, kind: Kind, draft: ChangeDraft): void {
  const { quantity, reference, unitPrice } = draft;
  const isPriced = unitPrice !== undefined && unitPrice !== typedPrice(product.price);
  const isTouched = quantity !== '' || reference !== '' || isPriced;
  const kept = { ...draft, unitPrice: isPriced ? unitPrice : undefined };
  if (isTouched) keepDraft(nameOf(product.productID, kind), kept);
  else dropChange(product, kind);
}

export function dropChange({ productID }: Product, kind: Kind): void {
  dropDraft(nameOf(productID, kind));
}

function nameOf(productID: number, kind: Kind): string {
  return `change.${productID}.${kind}`;
}
