import type { AlertEvent } from '../../ledger/alert';
import type { DeliveryStep } from '../../ledger/delivery';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';
import type { Sold } from '../../ledger/sales';
import type { StoredRequest } from '../../ledger/submission';
import { readAnswer, writeAnswer } from '../stored-answer';
import { type RevenueRow, toRevenue } from './revenue';

/** What a statement takes. */
export type Value = string | number | bigint | null;

/** The columns of `inventory`, in the order of `recordValues`. */
export const RECORD_COLUMNS =
  'record, productID, availableQuantity, reason, quantityChange, quantity, unitPrice, saleRecord, reference, note, recordedAt, batch';

/** A row of `inventory`: a record whose time is text. */
export type RecordRow = Omit<LedgerRecord, 'recordedAt'> & { readonly recordedAt: string };

export function toRecord(row: RecordRow): LedgerRecord {
  return { ...row, recordedAt: new Date(row.recordedAt) };
}

export function recordValues(record: LedgerRecord): Value[] {
  return [
    record.record,
    record.productID,
    record.availableQuantity,
    record.reason,
    record.quantityChange,
    record.quantity,
    record.unitPrice,
    record.saleRecord,
    record.reference,
    record.note,
    record.recordedAt.toISOString(),
    record.batch,
  ];
}

/** The columns of `products`, in the order of `revisionValues`. */
export const REVISION_COLUMNS =
  'revision, productID, name, sku, barcode, image, price, reorderPoint, reorderQuantity, retired, revisedAt, batch';

/** A row of `products`: a revision whose time is text, and whose truth is a number. */
export type RevisionRow = Omit<ProductRevision, 'revisedAt' | 'retired'> & {
  readonly revisedAt: string;
  readonly retired: number;
};

export function toRevision(row: RevisionRow): ProductRevision {
  return { ...row, retired: row.retired !== 0, revisedAt: new Date(row.revisedAt) };
}

export function revisionValues(revision: ProductRevision): Value[] {
  return [
    revision.revision,
    revision.productID,
    revision.name,
    revision.sku,
    revision.barcode,
    revision.image,
    revision.price,
    revision.reorderPoint,
    revision.reorderQuantity,
    revision.retired ? 1 : 0,
    revision.revisedAt.toISOString(),
    revision.batch,
  ];
}

/** The columns of `alerts`, in the order of `alertValues`. */
export const ALERT_COLUMNS =
  'event, alertID, productID, status, kind, record, revision, availableQuantity, threshold, daysOfCover, snoozedUntil, due, actor, note, openedAt, recordedAt, batch';

/** A row of `alerts`: an event whose times are text. */
export type AlertRow = Omit<AlertEvent, 'until' | 'openedAt' | 'recordedAt'> & {
  readonly snoozedUntil: string | null;
  readonly openedAt: string;
  readonly recordedAt: string;
};

export function toAlert({ snoozedUntil, ...row }: AlertRow): AlertEvent {
  return {
    ...row,
    until: snoozedUntil === null ? null : new Date(snoozedUntil),
    openedAt: new Date(row.openedAt),
    recordedAt: new Date(row.recordedAt),
  };
}

export function alertValues(alert: AlertEvent): Value[] {
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
    alert.until?.toISOString() ?? null,
    alert.due,
    alert.actor,
    alert.note,
    alert.openedAt.toISOString(),
    alert.recordedAt.toISOString(),
    alert.batch,
  ];
}

/** The columns of `alert_deliveries`, in the order of `deliveryValues`. */
export const DELIVERY_COLUMNS =
  'event, alertID, line, step, status, channel, target, tries, messageID, claim, notBefore, error, recordedAt';

/** A row of `alert_deliveries`: a step whose times are text. */
export type DeliveryRow = Omit<DeliveryStep, 'notBefore' | 'recordedAt'> & {
  readonly notBefore: string | null;
  readonly recordedAt: string;
};

export function toDelivery(row: DeliveryRow): DeliveryStep {
  return {
    ...row,
    notBefore: row.notBefore === null ? null : new Date(row.notBefore),
    recordedAt: new Date(row.recordedAt),
  };
}

export function deliveryValues(step: DeliveryStep): Value[] {
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
    step.notBefore?.toISOString() ?? null,
    step.error,
    step.recordedAt.toISOString(),
  ];
}

/** The columns of `requests`, in the order of `requestValues`. */
export const REQUEST_COLUMNS = 'requestKey, fingerprint, answer, recordedAt, batch';

export interface RequestRow {
  readonly requestKey: string;
  readonly fingerprint: string | null;
  readonly answer: string | null;
  readonly recordedAt: string;
  readonly batch: number;
}

export function toRequest(row: RequestRow): StoredRequest {
  return {
    key: row.requestKey,
    fingerprint: row.fingerprint,
    answer: row.answer === null ? null : readAnswer(row.answer),
    recordedAt: new Date(row.recordedAt),
    batch: row.batch,
  };
}

export function requestValues(request: StoredRequest): Value[] {
  return [
    request.key,
    request.fingerprint,
    request.answer === null ? null : writeAnswer(request.answer),
    request.recordedAt.toISOString(),
    request.batch,
  ];
}

/** Sums of sales: text, since they may be beyond 2^53, where the driver refuses to read a number. */
export interface SoldRow extends RevenueRow {
  readonly unitsSold: string;
  readonly unitsPriced: string;
}

/** The units of `SoldRow` for one row of `sales_daily`, and for a group of them. */
export const UNITS_OF_ROW =
  'CAST(unitsSold AS TEXT) AS unitsSold, CAST(unitsPriced AS TEXT) AS unitsPriced';
export const UNITS_SUM =
  'CAST(SUM(unitsSold) AS TEXT) AS unitsSold, CAST(SUM(unitsPriced) AS TEXT) AS unitsPriced';

export function toSold(row: SoldRow): Sold {
  return {
    unitsSold: Number(row.unitsSold),
    unitsPriced: Number(row.unitsPriced),
    revenue: toRevenue(row),
  };
}
