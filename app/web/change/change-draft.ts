import type { Product } from '../../client/shop';
import { dropDraft, keepDraft, readDraft } from '../ui/drafts';
import { typedPrice } from '../ui/format';
import type { Kind } from './kinds';

/** What stands in the change form. */
export interface ChangeDraft {
  readonly quantity: string;
  readonly reference: string;
  readonly unitPrice: string;
  /** The record that the product had when a count was begun: what comes since is not to be wiped out. */
  readonly counted: number | null;
}

/** How the form begins. */
export function emptyDraft({ price, record }: Product): ChangeDraft {
  return { quantity: '', reference: '', unitPrice: typedPrice(price), counted: record };
}

/** What was typed before and neither sent nor given up, of this kind alone: 99 counted is not 99 sold. */
export function keptDraft({ productID }: Product, kind: Kind): ChangeDraft | undefined {
  return readDraft<ChangeDraft>(nameOf(productID, kind));
}

/** Keeps what was typed; nothing where nothing was. */
export function keepChange(product: Product, kind: Kind, draft: ChangeDraft): void {
  const { quantity, reference, unitPrice } = draft;
  const isTouched = quantity !== '' || reference !== '' || unitPrice !== typedPrice(product.price);
  if (isTouched) keepDraft(nameOf(product.productID, kind), draft);
  else dropChange(product, kind);
}

export function dropChange({ productID }: Product, kind: Kind): void {
  dropDraft(nameOf(productID, kind));
}

function nameOf(productID: number, kind: Kind): string {
  return `change.${productID}.${kind}`;
}
