import type { LedgerRecord } from '../../ledger/record';

/** The columns of `inventory`, in the order of `toValues`. */
export const COLUMNS =
  'record, productID, availableQuantity, reason, quantity, unitPrice, recordedAt, batch';

/** A row of `inventory`: a record whose time is text. */
export type InventoryRow = Omit<LedgerRecord, 'recordedAt'> & { readonly recordedAt: string };

export function toRecord(row: InventoryRow): LedgerRecord {
  return { ...row, recordedAt: new Date(row.recordedAt) };
}

export function toValues(record: LedgerRecord): (string | number | null)[] {
  return [
    record.record,
    record.productID,
    record.availableQuantity,
    record.reason,
    record.quantity,
    record.unitPrice,
    record.recordedAt.toISOString(),
    record.batch,
  ];
}
