import type { ProductFields } from '../ledger/product';
import type { Annotations } from '../ledger/record';

/** How long a text that people write may be, in characters, and whether it may have several lines. */
export interface TextRules {
  readonly maxLength: number;
  readonly lines?: boolean;
}

/** The longest note: a paragraph. */
export const NOTE: TextRules = { maxLength: 500, lines: true };

/** The texts of a record. Each may be left out, in requests and in answers. */
export const ANNOTATION_TEXTS: { readonly [Annotation in keyof Annotations]: TextRules } = {
  // The numbers of a few delivery notes, orders or receipts.
  reference: { maxLength: 100 },
  note: NOTE,
};

/** Characters of an actor: as many as the columns have. */
export const ACTOR_MAX = 100;

/** Characters of the texts of a product: as many as their columns have. */
export const PRODUCT_TEXTS_MAX = {
  name: 200,
  sku: 64,
  barcode: 64,
  image: 2_000,
} as const satisfies Partial<Record<keyof ProductFields, number>>;

/** Characters of a search: it may be the whole name of a product. */
export const SEARCH_MAX = PRODUCT_TEXTS_MAX.name;

/** Characters of the texts of a delivery. */
export const DELIVERY_TEXTS_MAX = {
  // A mail address, or the URL of a webhook.
  target: 500,
  // Why a try failed: one line.
  error: 500,
} as const;
