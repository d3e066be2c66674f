/** Why a record was appended. */
export type Reason = 'count' | 'sale';

/** One line of the ledger: what a product's stock became, and why. Never changed once appended. */
export interface LedgerRecord {
  /** Position in the ledger: 1, 2, 3, … in commit order. */
  readonly record: number;
  readonly productID: number;
  /** Units left after this record. */
  readonly availableQuantity: number;
  readonly reason: Reason;
  /** Units sold, where the reason is `sale`. */
  readonly quantity: number | null;
  /** Price of one unit in ten-thousandths of the currency unit, where the sale named it. */
  readonly unitPrice: number | null;
  /** Never earlier than that of the record before it. */
  readonly recordedAt: Date;
  /** The random mark of the transaction that appended it; null where it was inserted by hand. */
  readonly batch: number | null;
}

/** Whether two readings of one record number found the same record, not another ledger's. */
export function isSameRecord(a: LedgerRecord, b: LedgerRecord): boolean {
  return (
    a.record === b.record &&
    a.batch === b.batch &&
    a.productID === b.productID &&
    a.availableQuantity === b.availableQuantity
  );
}
