import { FIRST_LOCATION } from '../../ledger/locations/location';
import { markOf } from '../../ledger/mark';
import { MONEY_SCALE } from '../../ledger/money';
import type { ProductRevision } from '../../ledger/product';
import { annotationsOf, type LedgerRecord } from '../../ledger/record';
import type { Sold } from '../../ledger/sales';
import type { CatalogueProduct } from '../../wire/products';
import type { AcceptedRecord, LatestRecord, RecordAnswer } from '../../wire/records';
import type { SoldAnswer } from '../../wire/sales';
import type { BeforeJson } from './before-json';

/**
 * 45000 as 4.5. Exact up to 900 billion. Only sums can be larger. They have the sixteen digits that readers keep of a
 * JSON number.
 */
export function money(tenThousandths: number | bigint): number {
  return Number(tenThousandths) / MONEY_SCALE;
}

/** A record with all of its fields. */
export function recordJson(record: LedgerRecord): BeforeJson<RecordAnswer> {
  const { reason, quantityChange, availableQuantity, quantity, saleRecord } = record;
  return withoutNulls({
    record: record.record,
    productID: record.productID,
    reason,
    quantityChange,
    availableQuantity,
    quantity,
    unitPrice: nullable(record.unitPrice, money),
    saleRecord,
    ...placeJson(record),
    ...annotationsOf(record),
    occurredAt: record.occurredAt,
    recordedAt: record.recordedAt,
    actor: record.actor,
  });
}

/** A record with all of its fields, and the mark of its entity tag. */
export function markedRecordJson(record: LedgerRecord): BeforeJson<RecordAnswer> {
  return { ...recordJson(record), mark: markOf(record, record.recordedAt) };
}

/** A record as the answer to the request that made it. */
export function acceptedJson(record: LedgerRecord): BeforeJson<AcceptedRecord> {
  return withoutNulls({
    record: record.record,
    productID: record.productID,
    ...changeJson(record),
    availableQuantity: record.availableQuantity,
    ...placeJson(record),
    ...annotationsOf(record),
    occurredAt: record.occurredAt,
    recordedAt: record.recordedAt,
  });
}

/** Where it is, and what it belongs to. */
function placeJson(record: LedgerRecord) {
  return {
    locationID: shownLocation(record),
    onHandQuantity: shownOnHand(record),
    heldQuantity: record.heldQuantity || null,
    document: record.document,
    expiresAt: record.expiresAt,
    unitCost: nullable(record.unitCost, money),
  };
}

/** The location of a record; null for the first, which is meant where none is named. */
export function shownLocation({ locationID }: LedgerRecord): number | null {
  return locationID === FIRST_LOCATION ? null : locationID;
}

/** The units at its location; null where they are all that is available of the product. */
export function shownOnHand(record: LedgerRecord): number | null {
  const { locationID, onHandQuantity, availableQuantity } = record;
  const isAll = locationID === FIRST_LOCATION && onHandQuantity === availableQuantity;
  return isAll ? null : onHandQuantity;
}

function changeJson({ reason, quantity, unitPrice, quantityChange, saleRecord }: LedgerRecord) {
  switch (reason) {
    case 'count':
      return {};
    case 'sale':
      return { quantity, unitPrice: nullable(unitPrice, money) };
    default:
      return { reason, quantityChange, saleRecord };
  }
}

/** A product's latest record as what is in stock now. */
export function latestJson({
  record,
  productID,
  availableQuantity,
  recordedAt,
}: LedgerRecord): BeforeJson<LatestRecord> {
  return { record, productID, availableQuantity, recordedAt };
}

/** Whether to show a revenue. Sales at one price and returns at another may leave a revenue of no units. */
export function isPriced({ unitsPriced, revenue }: Pick<Sold, 'unitsPriced' | 'revenue'>): boolean {
  return unitsPriced !== 0 || revenue !== 0n;
}

/** What was sold. The revenue is only there if any price is known, and unitsPriced if that is not for all units. */
export function soldJson(sold: Sold): SoldAnswer {
  const { unitsSold, unitsPriced, revenue } = sold;
  const priced = isPriced(sold);
  return {
    unitsSold,
    ...(priced && { revenue: money(revenue) }),
    ...(priced && unitsPriced !== unitsSold && { unitsPriced }),
  };
}

/** A product of the catalogue. Fields without a value are null. */
export function productJson(product: ProductRevision): BeforeJson<CatalogueProduct> {
  const { productID, name, sku, barcode, image, reorderPoint, reorderQuantity } = product;
  return {
    productID,
    name,
    sku,
    barcode,
    image,
    price: nullable(product.price, money),
    reorderPoint,
    reorderQuantity,
    ...(product.reorderPoints && { reorderPoints: product.reorderPoints }),
    ...(product.retired && { retired: true }),
    revision: product.revision,
    revisedAt: product.revisedAt,
  };
}

/** Members, of which those that may be null may be left out. */
type WithoutNulls<T> = {
  [K in keyof T as null extends T[K] ? never : K]: T[K];
} & { [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]> };

function withoutNulls<T extends object>(members: T): WithoutNulls<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as WithoutNulls<T>;
}

function nullable<A, B>(value: A | null, convert: (value: A) => B): B | null {
  return value === null ? null : convert(value);
}
