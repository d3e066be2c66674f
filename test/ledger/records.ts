import { type LedgerRecord, NO_ANNOTATIONS } from '../../app/ledger/record';

/** A record for a test: a count of product 1, unless the test says otherwise. */
export function record(number: number, changes: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    record: number,
    productID: 1,
    availableQuantity: 10,
    reason: 'count',
    quantityChange: null,
    quantity: null,
    unitPrice: null,
    saleRecord: null,
    ...NO_ANNOTATIONS,
    locationID: 1,
    onHandQuantity: null,
    onHandChange: null,
    heldQuantity: 0,
    document: null,
    expiresAt: null,
    unitCost: null,
    recordedAt: new Date('2026-11-23T10:20:30.456Z'),
    occurredAt: null,
    actor: null,
    turnMark: 7,
    ...changes,
  };
}

/** A sale for a test. */
export function sale(
  number: number,
  productID: number,
  quantity: number,
  changes: Partial<LedgerRecord> = {},
): LedgerRecord {
  return record(number, { productID, quantity, reason: 'sale', ...changes });
}
