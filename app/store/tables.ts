import type { AccessEntry } from '../ledger/access/access-entry';
import type { AlertEvent } from '../ledger/alert';
import type { DeliveryStep } from '../ledger/delivery';
import type { DocumentEntry } from '../ledger/documents/document';
import type { LocationEntry } from '../ledger/locations/location';
import type { Journals } from '../ledger/memories';
import type { Journal } from '../ledger/memory';
import type { ProductRevision } from '../ledger/product';
import type { Verification } from '../ledger/questions';
import { eachAnnotation, type LedgerRecord } from '../ledger/record';
import type { StoredRequest } from '../ledger/request';
import type { TurnEntries } from '../ledger/write/turn-entries';
import type { ZoneEntry } from '../ledger/zone';
import type { KindOf } from './codec';

/** The column of a field: its kind, and its name if that differs from the field's. */
type Column<V> =
  | KindOf<NonNullable<V>>
  | { readonly kind: KindOf<NonNullable<V>>; readonly name: string };

/** An append-only table: each of its rows is one entry, and never changes. */
export interface Table<E> {
  readonly name: string;
  /** The field that identifies an entry; none if the table numbers its rows itself. */
  readonly key?: keyof E & string;
  /**
   * In a journal: the field that says what an entry is about, a number. The latest entry about each thing is valid. Without it
   * all entries are loaded, which should be few.
   */
  readonly about?: keyof E & string;
  /**
   * In a journal whose things have parts, such as places: the fields that say which, numbers. The latest entry about each part of
   * each thing is loaded.
   */
  readonly within?: readonly (keyof E & string)[];
  /** Whether things have one part until a second location is made. Until then the latest entry about each thing is loaded. */
  readonly isWholeWithoutLocations?: boolean;
  /** In a journal of things that end: the condition, as SQL, of the entries of those that have not. Only those are loaded. */
  readonly open?: string;
  /** Whether administrators may insert rows too (db/README.md). */
  readonly isByHand?: boolean;
  /** Each field of an entry and its column, in the order in which they are inserted. */
  readonly columns: { readonly [Field in keyof E]-?: Column<E[Field]> };
}

/** Up to which record the monitor had worked at a moment. */
interface Checkpoint {
  readonly record: number;
  readonly recordedAt: Date;
}

const INVENTORY: Table<LedgerRecord> = {
  name: 'inventory',
  key: 'record',
  about: 'productID',
  within: ['locationID'],
  isWholeWithoutLocations: true,
  isByHand: true,
  columns: {
    record: 'integer',
    productID: 'plain',
    availableQuantity: 'plain',
    reason: 'plain',
    quantityChange: 'integer',
    quantity: 'plain',
    unitPrice: 'money',
    saleRecord: 'integer',
    // Text, each in the column of its name.
    ...eachAnnotation(() => 'plain' as const),
    locationID: 'plain',
    onHandQuantity: 'plain',
    onHandChange: 'integer',
    heldQuantity: 'plain',
    document: 'plain',
    expiresAt: 'time',
    unitCost: 'money',
    recordedAt: 'time',
    occurredAt: 'time',
    actor: 'plain',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const REQUESTS: Table<StoredRequest> = {
  name: 'requests',
  key: 'key',
  columns: {
    key: { kind: 'key', name: 'requestKey' },
    fingerprint: 'hash',
    answer: 'answer',
    recordedAt: 'time',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const PRODUCTS: Table<ProductRevision> = {
  name: 'products',
  key: 'revision',
  about: 'productID',
  isByHand: true,
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
    reorderPoints: 'list',
    retired: 'flag',
    revisedAt: 'time',
    actor: 'plain',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const VERIFICATIONS: Table<Verification> = {
  name: 'verifications',
  columns: { verifiedAt: 'time', records: 'integer', drift: 'integer', conservation: 'integer' },
};

const ALERTS: Table<AlertEvent> = {
  name: 'alerts',
  key: 'event',
  about: 'productID',
  within: ['locationID', 'transferID'],
  columns: {
    event: 'integer',
    alertID: 'integer',
    productID: 'plain',
    locationID: 'plain',
    transferID: 'integer',
    status: 'plain',
    kind: 'plain',
    record: 'integer',
    revision: 'integer',
    availableQuantity: 'plain',
    threshold: 'plain',
    daysOfCover: 'plain',
    until: { kind: 'time', name: 'snoozedUntil' },
    due: 'plain',
    handledBy: 'plain',
    note: 'plain',
    openedAt: 'time',
    recordedAt: 'time',
    actor: 'plain',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const ACCESS: Table<AccessEntry> = {
  name: 'access_journal',
  key: 'entry',
  about: 'subjectID',
  columns: {
    entry: 'integer',
    subjectID: 'integer',
    kind: 'plain',
    event: 'plain',
    state: 'plain',
    name: 'plain',
    personID: 'integer',
    secretHash: 'hash',
    role: 'plain',
    scopes: 'words',
    locations: 'numbers',
    rateLimit: 'plain',
    credential: 'plain',
    expiresAt: 'time',
    madeAt: 'time',
    usedAt: 'time',
    refusedAt: 'time',
    refusedFor: 'plain',
    actor: 'plain',
    recordedAt: 'time',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const LOCATIONS: Table<LocationEntry> = {
  name: 'locations',
  key: 'entry',
  about: 'locationID',
  columns: {
    entry: 'integer',
    locationID: 'plain',
    name: 'plain',
    sellable: 'flag',
    address: 'plain',
    retired: 'flag',
    recordedAt: 'time',
    actor: 'plain',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const DOCUMENTS: Table<DocumentEntry> = {
  name: 'documents',
  key: 'entry',
  about: 'documentID',
  open: "state = 'open'",
  columns: {
    entry: 'integer',
    documentID: 'integer',
    document: 'plain',
    step: 'plain',
    kind: 'plain',
    state: 'plain',
    lines: { kind: 'list', name: '`lines`' },
    from: { kind: 'plain', name: 'fromLocation' },
    to: { kind: 'plain', name: 'toLocation' },
    expectedAt: 'time',
    expiresAt: 'time',
    reference: 'plain',
    note: 'plain',
    firstRecord: 'integer',
    records: 'plain',
    recordedAt: 'time',
    actor: 'plain',
    turnMark: { kind: 'integer', name: 'batch' },
  },
};

const ZONE: Table<ZoneEntry> = {
  name: 'ledger_zone',
  key: 'entry',
  columns: {
    entry: 'integer',
    timeZone: 'plain',
    recordedAt: 'time',
    turnMark: { kind: 'integer', name: 'batch' },
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
  access_journal: ACCESS,
  locations: LOCATIONS,
  ledger_zone: ZONE,
  documents: DOCUMENTS,
  alert_deliveries: DELIVERIES,
  alert_checkpoints: CHECKPOINTS,
} as const;

type TableName = keyof typeof TABLES;

/** The table that an entry belongs to, and the type of a journal's entries. */
type TableOf<E> = {
  [T in TableName]: (typeof TABLES)[T] extends Table<infer Kept>
    ? [E, Kept] extends [Kept, E]
      ? T
      : never
    : never;
}[TableName];
type EntryOf<J> = J extends Journal<infer E> ? E : never;

/** Their names. */
export const APPEND_ONLY = Object.keys(TABLES) as readonly TableName[];

/** The tables that are folded into memory, by their names in the ledger. The key of each is a number. */
export const JOURNALS = {
  records: 'inventory',
  revisions: 'products',
  alerts: 'alerts',
  access: 'access_journal',
  locations: 'locations',
  zones: 'ledger_zone',
  documents: 'documents',
} as const satisfies { readonly [J in keyof Journals]: TableOf<EntryOf<Journals[J]>> };

/**
 * The table of each kind of a turn's entries, in the order in which they are inserted. Requests and documents come first: if the
 * key or the name of one has been used before, the turn must fail before its records take numbers. MySQL's rollback would not give those numbers
 * back to the next INSERT by hand (https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html).
 */
export const APPENDED = {
  requests: 'requests',
  documents: 'documents',
  records: 'inventory',
  sales: 'sales_daily',
  revisions: 'products',
  alerts: 'alerts',
  access: 'access_journal',
  locations: 'locations',
  zones: 'ledger_zone',
  deliveries: 'alert_deliveries',
} as const satisfies {
  readonly [Part in Exclude<keyof TurnEntries, 'turnMark'>]:
    | TableOf<TurnEntries[Part][number]>
    | 'sales_daily';
};
