import type { AlertEvent } from '../ledger/alert';
import type { DeliveryStep } from '../ledger/delivery';
import type { ProductRevision } from '../ledger/product';
import type { LedgerRecord } from '../ledger/record';
import type { Verification } from '../ledger/store';
import type { StoredRequest } from '../ledger/submission';
import type { KindOf } from './codec';

/** The column of a field: of what kind it is, and its name where that is not the field's. */
type Column<V> =
  | KindOf<NonNullable<V>>
  | { readonly kind: KindOf<NonNullable<V>>; readonly name: string };

/** An append-only table: each of its rows is one entry, and never changes. */
export interface Table<E> {
  readonly name: string;
  /** Each field of an entry and its column, in the order in which they are inserted. */
  readonly columns: { readonly [Field in keyof E]-?: Column<E[Field]> };
}

/** How far the monitor had seen to records at a moment. */
interface Checkpoint {
  readonly record: number;
  readonly recordedAt: Date;
}

const INVENTORY: Table<LedgerRecord> = {
  name: 'inventory',
  columns: {
    record: 'integer',
    productID: 'plain',
    availableQuantity: 'plain',
    reason: 'plain',
    quantityChange: 'integer',
    quantity: 'plain',
    unitPrice: 'money',
    saleRecord: 'integer',
    reference: 'plain',
    note: 'plain',
    recordedAt: 'time',
    batch: 'integer',
  },
};

const REQUESTS: Table<StoredRequest> = {
  name: 'requests',
  columns: {
    key: { kind: 'key', name: 'requestKey' },
    fingerprint: 'hash',
    answer: 'answer',
    recordedAt: 'time',
    batch: 'integer',
  },
};

const PRODUCTS: Table<ProductRevision> = {
  name: 'products',
  columns: {
    revision: 'integer',
    productID: 'plain',
    name: 'plain',
    sku: 'plain',
    barcode: 'plain',
    image: 'plain',
    price: 'money',
    reorderPoint: 'plain',
    reorderQuantity: 'plain',
    retired: 'flag',
    revisedAt: 'time',
    batch: 'integer',
  },
};

const VERIFICATIONS: Table<Verification> = {
  name: 'verifications',
  columns: { verifiedAt: 'time', records: 'integer', drift: 'integer' },
};

const ALERTS: Table<AlertEvent> = {
  name: 'alerts',
  columns: {
    event: 'integer',
    alertID: 'integer',
    productID: 'plain',
    status: 'plain',
    kind: 'plain',
    record: 'integer',
    revision: 'integer',
    availableQuantity: 'plain',
    threshold: 'plain',
    daysOfCover: 'plain',
    until: { kind: 'time', name: 'snoozedUntil' },
    due: 'plain',
    actor: 'plain',
    note: 'plain',
    openedAt: 'time',
    recordedAt: 'time',
    batch: 'integer',
  },
};

const DELIVERIES: Table<DeliveryStep> = {
  name: 'alert_deliveries',
  columns: {
    event: 'integer',
    alertID: 'integer',
    line: 'plain',
    step: 'plain',
    status: 'plain',
    channel: 'plain',
    target: 'plain',
    tries: 'plain',
    messageID: 'plain',
    claim: 'plain',
    notBefore: 'time',
    error: 'plain',
    recordedAt: 'time',
  },
};

const CHECKPOINTS: Table<Checkpoint> = {
  name: 'alert_checkpoints',
  columns: { record: 'integer', recordedAt: 'time' },
};

/** The tables that the service appends to, and never updates or deletes in. */
export const TABLES = {
  inventory: INVENTORY,
  requests: REQUESTS,
  products: PRODUCTS,
  verifications: VERIFICATIONS,
  alerts: ALERTS,
  alert_deliveries: DELIVERIES,
  alert_checkpoints: CHECKPOINTS,
} as const;

/** Their names. */
export const APPEND_ONLY = Object.keys(TABLES) as readonly (keyof typeof TABLES)[];
