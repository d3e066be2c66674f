import type { Reason } from './reason';

/** What a change may say besides. It is kept with the record as it came, and nothing is decided by it. */
export interface Annotations {
  /** What this belongs to elsewhere, such as an order number. */
  readonly reference: string | null;
  readonly note: string | null;
}

/** The annotations of a change that has none. */
export const NO_ANNOTATIONS: Annotations = { reference: null, note: null };

/** The names of all annotations, in order. */
export const ANNOTATIONS = Object.keys(NO_ANNOTATIONS) as readonly (keyof Annotations)[];

/** Annotations that may be left out. */
export type SomeAnnotations = { readonly [A in keyof Annotations]?: Annotations[A] | undefined };

/** All annotations of something that has some. */
export function annotationsOf(annotated: SomeAnnotations): Annotations {
  const all: Record<string, unknown> = {};
  for (const name of ANNOTATIONS) all[name] = annotated[name] ?? null;
  return all as unknown as Annotations;
}

/** One line of the ledger: what a product's stock became, and why. Never changed once appended. */
export interface LedgerRecord extends Annotations {
  /** Position in the ledger: 1, 2, 3, … in commit order. */
  readonly record: number;
  readonly productID: number;
  /** Units left after this record. */
  readonly availableQuantity: number;
  readonly reason: Reason;
  /**
   * The available quantity less that of the product's record before, which counts as 0 where there
   * was none; null where the record was inserted by hand.
   */
  readonly quantityChange: number | null;
  /** Units sold; negative where a return takes back a sale; null where nothing was sold. */
  readonly quantity: number | null;
  /** Price of one unit in ten-thousandths of the currency unit, where the sale named it. */
  readonly unitPrice: number | null;
  /** The record of the sale that a return takes back, where it names it. */
  readonly saleRecord: number | null;
  /** Never earlier than that of the record before it. */
  readonly recordedAt: Date;
  /** The random mark of the transaction that appended it; null where it was inserted by hand. */
  readonly turnMark: number | null;
}

/** Whether two readings of one record number found the same record, not another ledger's. */
export function isSameRecord(a: LedgerRecord, b: LedgerRecord): boolean {
  return (
    a.record === b.record &&
    a.turnMark === b.turnMark &&
    a.productID === b.productID &&
    a.availableQuantity === b.availableQuantity
  );
}
