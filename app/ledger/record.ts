import type { Reason } from './reason';

/** What else a change may say. It is kept with the record as given, and no decision depends on it. */
export interface Annotations {
  /** What this belongs to in another system, such as an order number. */
  readonly reference: string | null;
  readonly note: string | null;
}

/** The annotations of a change without any. */
export const NO_ANNOTATIONS: Annotations = { reference: null, note: null };

/** The names of all annotations, in order. */
export const ANNOTATIONS = Object.keys(NO_ANNOTATIONS) as readonly (keyof Annotations)[];

/** An object with one member for each annotation. */
export function eachAnnotation<T>(
  make: (name: keyof Annotations) => T,
): Record<keyof Annotations, T> {
  const made = ANNOTATIONS.map((name) => [name, make(name)]);
  return Object.fromEntries(made);
}

/** Annotations of which some may be missing. */
export type SomeAnnotations = { readonly [A in keyof Annotations]?: Annotations[A] | undefined };

/** All annotations of a change, with null for those that are missing. */
export function annotationsOf(annotated: SomeAnnotations): Annotations {
  return eachAnnotation((name) => annotated[name] ?? null);
}

/** One line of the ledger: what a product's stock became, and why. It is never changed. */
export interface LedgerRecord extends Annotations {
  /** Position in the ledger: 1, 2, 3, … in commit order. */
  readonly record: number;
  readonly productID: number;
  /** Units of the product that can be sold after this record, at all locations together. */
  readonly availableQuantity: number;
  readonly reason: Reason;
  /**
   * The available quantity less that of the product's previous record, or less 0 for its first one; null if the record
   * was inserted by hand.
   */
  readonly quantityChange: number | null;
  /** Units sold; negative for a return that takes back a sale; null if nothing was sold. */
  readonly quantity: number | null;
  /** Price of one unit in ten-thousandths of the currency unit; null if it is not known. */
  readonly unitPrice: number | null;
  /** The record of the sale that a return takes back; null if it names none. */
  readonly saleRecord: number | null;
  /** The location whose stock it changes. */
  readonly locationID: number;
  /**
   * Units of the product at the location after this record, held ones too; null in records from before there were locations, and
   * if it was inserted by hand.
   */
  readonly onHandQuantity: number | null;
  /** These less the units of the previous record of product and location, or less 0 for the first; null as `onHandQuantity`. */
  readonly onHandChange: number | null;
  /** Units of these that holds set aside. */
  readonly heldQuantity: number;
  /** What it belongs to: `move:17`; null if it stands by itself. */
  readonly document: string | null;
  /** When the hold of this record ends by itself; null if it does not. */
  readonly expiresAt: Date | null;
  /** What one unit of a receipt cost, in ten-thousandths of the currency unit; null if it is not known. */
  readonly unitCost: number | null;
  /** Never earlier than that of the previous record. */
  readonly recordedAt: Date;
  /**
   * When it happened, if the client said so. It is never later than `recordedAt`, and no decision depends on it.
   */
  readonly occurredAt: Date | null;
  /** Who asked for it, such as `person:ann`; null in records from before actors were kept, and if it was inserted by hand. */
  readonly actor: string | null;
  /** The random mark of the turn that appended it; null if it was inserted by hand. */
  readonly turnMark: number | null;
}

/** Whether two records with one number are the same. They differ if one is of another ledger, such as a backup. */
export function isSameRecord(a: LedgerRecord, b: LedgerRecord): boolean {
  return (
    a.record === b.record &&
    a.turnMark === b.turnMark &&
    a.productID === b.productID &&
    a.availableQuantity === b.availableQuantity
  );
}
