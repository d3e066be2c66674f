import type { NamedSale } from '../../app/ledger/facts';
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

/** A sale of product 1 as a decision sees it, of which nothing was taken back. */
export function namedSale(record: number, changes: Partial<NamedSale> = {}): NamedSale {
  return {
    record,
    productID: 1,
    quantity: 5,
    unitPrice: null,
    locationID: 1,
    recordedAt: new Date('2026-11-20T12:00:00.000Z'),
    returnedQuantity: 0,
    cancelledBy: null,
    ...changes,
  };
}
