import type { LedgerRecord, Reason } from '../../ledger/record';
import { priceFromDecimal, priceToDecimal } from './price';

/** The columns of `inventory`, in the order of `toValues`. */
export const COLUMNS =
  'record, productID, availableQuantity, reason, quantity, unitPrice, recordedAt, batch';

/** A row of `inventory` as mysql2 reads it: integers beyond 2^53 and decimals are text. */
export interface InventoryRow {
  record: number | string;
  productID: number;
  availableQuantity: number;
  reason: Reason;
  quantity: number | null;
  unitPrice: string | null;
  recordedAt: Date;
  batch: number | string | null;
}

export function toRecord(row: InventoryRow): LedgerRecord {
  return {
    record: safeInteger(row.record),
    productID: row.productID,
    availableQuantity: row.availableQuantity,
    reason: row.reason,
    quantity: row.quantity,
    unitPrice: row.unitPrice === null ? null : priceFromDecimal(row.unitPrice),
    recordedAt: row.recordedAt,
    batch: row.batch === null ? null : safeInteger(row.batch),
  };
}

export function toValues(record: LedgerRecord): unknown[] {
  return [
    record.record,
    record.productID,
    record.availableQuantity,
    record.reason,
    record.quantity,
    record.unitPrice === null ? null : priceToDecimal(record.unitPrice),
    record.recordedAt,
    record.batch,
  ];
}

/** A whole number as read, exact. @throws RangeError beyond 2^53, rather than round it */
export function safeInteger(value: number | string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(
      `the database holds ${value}, which is more than this service can count to`,
    );
  }
  return number;
}
