import type { AlertEvent } from '../../ledger/alert';
import type { DeliveryStep } from '../../ledger/delivery';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';
import type { Sold } from '../../ledger/sales';
import type { StoredRequest } from '../../ledger/submission';
import { readAnswer, writeAnswer } from '../stored-answer';
import { fromDecimal, safePrice, toDecimal } from './decimal';

/** Rows as mysql2 reads them: decimals, and integers beyond 2^53, are text; BOOLEAN is a number; BINARY a Buffer. */
type Read<T, Decimals extends keyof T, Integers extends keyof T> = {
  [K in keyof T]: K extends Decimals ? string | null : K extends Integers ? Integer : T[K];
};
type Integer = number | string | null;

/** The columns of `inventory`, in the order of `recordValues`. */
export const RECORD_COLUMNS =
  'record, productID, availableQuantity, reason, quantityChange, quantity, unitPrice, saleRecord, reference, note, recordedAt, batch';

export type RecordRow = Read<
  LedgerRecord,
  'unitPrice',
  'record' | 'quantityChange' | 'saleRecord' | 'batch'
>;

export function toRecord(row: RecordRow): LedgerRecord {
  return {
    record: safeInteger(row.record),
    productID: row.productID,
    availableQuantity: row.availableQuantity,
    reason: row.reason,
    quantityChange: nullable(row.quantityChange, safeInteger),
    quantity: row.quantity,
    unitPrice: nullable(row.unitPrice, safePrice),
    saleRecord: nullable(row.saleRecord, safeInteger),
    reference: row.reference,
    note: row.note,
    recordedAt: row.recordedAt,
    batch: nullable(row.batch, safeInteger),
  };
}

export function recordValues(record: LedgerRecord): unknown[] {
  return [
    record.record,
    record.productID,
    record.availableQuantity,
    record.reason,
    record.quantityChange,
    record.quantity,
    nullable(record.unitPrice, toDecimal),
    record.saleRecord,
    record.reference,
    record.note,
    record.recordedAt,
    record.batch,
  ];
}

/** The columns of `products`, in the order of `revisionValues`. */
export const REVISION_COLUMNS =
  'revision, productID, name, sku, barcode, image, price, reorderPoint, reorderQuantity, retired, revisedAt, batch';

export type RevisionRow = Omit<Read<ProductRevision, 'price', 'revision' | 'batch'>, 'retired'> & {
  retired: number;
};

export function toRevision(row: RevisionRow): ProductRevision {
  return {
    revision: safeInteger(row.revision),
    productID: row.productID,
    name: row.name,
    sku: row.sku,
    barcode: row.barcode,
    image: row.image,
    price: nullable(row.price, safePrice),
    reorderPoint: row.reorderPoint,
    reorderQuantity: row.reorderQuantity,
    retired: row.retired !== 0,
    revisedAt: row.revisedAt,
    batch: nullable(row.batch, safeInteger),
  };
}

export function revisionValues(revision: ProductRevision): unknown[] {
  return [
    revision.revision,
    revision.productID,
    revision.name,
    revision.sku,
    revision.barcode,
    revision.image,
    nullable(revision.price, toDecimal),
    revision.reorderPoint,
    revision.reorderQuantity,
    revision.retired,
    revision.revisedAt,
    revision.batch,
  ];
}

/** The columns of `alerts`, in the order of `alertValues`. */
export const ALERT_COLUMNS =
  'event, alertID, productID, status, kind, record, revision, availableQuantity, threshold, daysOfCover, snoozedUntil, due, actor, note, openedAt, recordedAt, batch';

export type AlertRow = Omit<
  Read<AlertEvent, never, 'event' | 'alertID' | 'record' | 'revision' | 'batch'>,
  'until'
> & { snoozedUntil: Date | null };

export function toAlert({ snoozedUntil, ...row }: AlertRow): AlertEvent {
  return {
    ...row,
    event: safeInteger(row.event),
    alertID: safeInteger(row.alertID),
    record: safeInteger(row.record),
    revision: safeInteger(row.revision),
    until: snoozedUntil,
    batch: nullable(row.batch, safeInteger),
  };
}

export function alertValues(alert: AlertEvent): unknown[] {
  return [
    alert.event,
    alert.alertID,
    alert.productID,
    alert.status,
    alert.kind,
    alert.record,
    alert.revision,
    alert.availableQuantity,
    alert.threshold,
    alert.daysOfCover,
    alert.until,
    alert.due,
    alert.actor,
    alert.note,
    alert.openedAt,
    alert.recordedAt,
    alert.batch,
  ];
}

/** The columns of `alert_deliveries`, in the order of `deliveryValues`. */
export const DELIVERY_COLUMNS =
  'event, alertID, line, step, status, channel, target, tries, messageID, claim, notBefore, error, recordedAt';

export type DeliveryRow = Read<DeliveryStep, never, 'event' | 'alertID'>;

export function toDelivery(row: DeliveryRow): DeliveryStep {
  return { ...row, event: safeInteger(row.event), alertID: safeInteger(row.alertID) };
}

export function deliveryValues(step: DeliveryStep): unknown[] {
  return [
    step.event,
    step.alertID,
    step.line,
    step.step,
    step.status,
    step.channel,
    step.target,
    step.tries,
    step.messageID,
    step.claim,
    step.notBefore,
    step.error,
    step.recordedAt,
  ];
}

/** The columns of `requests`, in the order of `requestValues`. */
export const REQUEST_COLUMNS = 'requestKey, fingerprint, answer, recordedAt, batch';

export interface RequestRow {
  requestKey: Buffer;
  fingerprint: Buffer | null;
  answer: string | null;
  recordedAt: Date;
  batch: number | string;
}

export function toRequest(row: RequestRow): StoredRequest {
  return {
    key: row.requestKey.toString('latin1'),
    fingerprint: row.fingerprint?.toString('hex') ?? null,
    answer: nullable(row.answer, readAnswer),
    recordedAt: row.recordedAt,
    batch: safeInteger(row.batch),
  };
}

export function requestValues(request: StoredRequest): unknown[] {
  return [
    keyBytes(request.key),
    request.fingerprint === null ? null : Buffer.from(request.fingerprint, 'hex'),
    nullable(request.answer, writeAnswer),
    request.recordedAt,
    request.batch,
  ];
}

/** A key as the bytes that were sent: MySQL's own comparison of text passes over trailing spaces. */
export function keyBytes(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}

export interface SoldRow {
  unitsSold: number | string;
  unitsPriced: number | string;
  revenue: string;
}

export function toSold(row: SoldRow): Sold {
  return {
    unitsSold: Number(row.unitsSold),
    unitsPriced: Number(row.unitsPriced),
    revenue: fromDecimal(row.revenue),
  };
}

function nullable<A, B>(value: A | null, convert: (value: A) => B): B | null {
  return value === null ? null : convert(value);
}

/** A whole number as read, exact. @throws RangeError beyond 2^53, rather than round it */
export function safeInteger(value: number | string | null): number {
  const number = Number(value);
  if (value === null || !Number.isSafeInteger(number)) {
    throw new RangeError(
      `the database holds ${value}, which is more than this service can count to`,
    );
  }
  return number;
}
