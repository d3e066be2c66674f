import type { AlertEvent, AlertKind } from './alert';
import type { DeliveryName, DeliveryStep } from './delivery';
import type { DocumentEntry, DocumentKind } from './documents/document';
import type { LocationEntry } from './locations/location';
import type { Reason } from './reason';
import type { LedgerRecord } from './record';
import type { StoredRequest } from './request';
import type {
  AsOf,
  DailySales,
  DailySalesQuery,
  DaySales,
  SalesByDayQuery,
  Seller,
  TopSellersQuery,
  UnitsSold,
} from './sales';

/** What can be asked of a store. Everything throws StoreUnavailable or StoreUnusable. */
export interface Questions {
  /** What became of the request under a key; undefined if the key was never used or cancelled. */
  request(key: string): Promise<StoredRequest | undefined>;

  /**
   * The latest record of each product when the ledger ended with a record, by productID: a part of them.
   *
   * @param after only products beyond this one
   * @param limit how many at most
   * @param locationID if only records about a location count
   */
  latestAsOf(record: number, after: number, limit: number, locationID?: number): Promise<PastStock>;

  /** The latest record of each product at each location when the ledger ended with a record, by product and location. */
  cellsAsOf(query: PastCellsQuery): Promise<LedgerRecord[]>;

  /** The latest step of a document, open or not; undefined if there was never one of this name. */
  latestStep(document: string): Promise<DocumentEntry | undefined>;

  /** The records of a document, in order. */
  documentRecords(query: DocumentRecordsQuery): Promise<LedgerRecord[]>;

  /** The documents that were open when the ledger ended with a record, in any order. */
  documentsAsOf(record: number): Promise<DocumentEntry[]>;

  /** The last steps of documents that have ended, newest first. */
  endedDocuments(query: EndedDocumentsQuery): Promise<DocumentEntry[]>;

  /** The number of the ledger's last record at a moment; 0 if it was empty. */
  lastRecordAt(time: Date): Promise<number>;

  /** Units of a product sold at a location by some records, less those returned; what was cancelled by now was not sold. */
  unitsSoldAt(query: SoldAtQuery): Promise<number>;

  /** A product's records, newest first. */
  history(query: HistoryQuery): Promise<LedgerRecord[]>;

  /** The records that an actor asked for, or that are about a location, after one, in order. */
  recordsOf(query: FeedQuery): Promise<LedgerRecord[]>;

  /** Why a product had what it had when the ledger ended with a record. */
  explain(query: ExplanationQuery): Promise<Explanation>;

  /** The products that sold most; those that sold equally, by productID. */
  topSellers(query: TopSellersQuery): Promise<AsOf<Seller>>;

  /** The units sold of each product on a day such as `2026-11-23`. */
  unitsSold(day: string): Promise<UnitsSold>;

  /** What was sold, day by day, without the days that have no sales. */
  salesByDay(query: SalesByDayQuery): Promise<AsOf<DaySales>>;

  /** What was sold, by day and product, in that order. Those of a past day change only if a sale of that day is cancelled. */
  dailySales(query: DailySalesQuery): Promise<DailySales[]>;

  /** When the sales were recorded that the cancellations after a record took back. */
  cancelledSince(record: number): Promise<Date[]>;

  /** Stock and sales in both forms. It takes as long as the plain form. */
  audit(): Promise<Audit>;

  /** What the last verification found; undefined if there was none. */
  latestVerification(): Promise<Verification | undefined>;

  /** The events of one alert, in order; none if there is no such alert. */
  alertLife(alertID: number): Promise<AlertEvent[]>;

  /** The last events of alerts that are resolved, newest first. */
  resolvedAlerts(query: ResolvedAlertsQuery): Promise<AlertEvent[]>;

  /** The latest step of each of these deliveries, as far as they exist. */
  deliveries(names: readonly DeliveryName[]): Promise<DeliveryStep[]>;

  /** The latest step of each delivery for one of these alerts, by event and line. */
  deliveriesOf(alertIDs: readonly number[]): Promise<DeliveryStep[]>;

  /** The latest step of each unfinished delivery for an event after one, `limit` at most, by event and line. */
  unfinishedDeliveries(afterEvent: number, limit: number): Promise<DeliveryStep[]>;

  /** How many deliveries are dead. */
  deadLetters(): Promise<number>;

  /** The last record that the monitor has processed; undefined if it never said. */
  latestCheckpoint(): Promise<number | undefined>;
}

/** Which records of a document to list. */
export interface DocumentRecordsQuery {
  readonly document: string;
  /** Only records after the first and up to the last of these. */
  readonly after: number;
  readonly through: number;
  /** How many at most. */
  readonly limit: number;
}

/** Which documents that have ended to list, newest first. */
export interface EndedDocumentsQuery {
  readonly kind: DocumentKind;
  /** Only those whose last step comes before this entry; undefined to begin with the newest. */
  readonly before?: number | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** A part of what was in stock at a moment. It may be empty although further parts follow. */
export interface PastStock {
  readonly records: readonly LedgerRecord[];
  /** The next part has the products beyond this one; undefined if there is no further part. */
  readonly next: number | undefined;
}

/** Which of the latest records to list. */
export interface PastCellsQuery {
  /** The ledger's last record then. */
  readonly record: number;
  /** Only what comes after this product and location. */
  readonly after: readonly [productID: number, locationID: number];
  /** The last product. */
  readonly through: number;
  /** How many at most. */
  readonly limit: number;
}

/** Which records to list in order. */
export interface FeedQuery {
  readonly actor?: string | undefined;
  readonly locationID?: number | undefined;
  /** Only records after this one. */
  readonly after: number;
  /** How many at most. */
  readonly limit: number;
}

/** What to explain. */
export interface ExplanationQuery {
  readonly productID: number;
  /** The location whose units are explained; undefined for what is available at all together. */
  readonly locationID?: number | undefined;
  /** The ledger's last record then. */
  readonly asOf: number;
}

/** Which of a product's records to list, newest first. */
export interface HistoryQuery {
  readonly productID: number;
  readonly locationID?: number | undefined;
  readonly reason?: Reason | undefined;
  /** The first and the last moment that count. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only records before this one; undefined to begin with the newest. */
  readonly before?: number | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** Which of the resolved alerts to list, newest first. */
export interface ResolvedAlertsQuery {
  readonly productID?: number | undefined;
  readonly locationID?: number | undefined;
  readonly transferID?: number | undefined;
  readonly kind?: AlertKind | undefined;
  /** Only those resolved by an event before this one; undefined to begin with the newest. */
  readonly before?: number | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** Which sales are wanted: of a product at a location. */
export interface SoldAtQuery {
  readonly productID: number;
  readonly locationID: number;
  /** Records after the first and up to the last of these. */
  readonly after: number;
  readonly through: number;
}

/** Why a product has what it has: the last count, and what has moved since. */
export interface Explanation {
  /** The last record whose reason is `count`; null if there is none. */
  readonly count: LedgerRecord | null;
  /** The record before that count; null if there is none. */
  readonly before: LedgerRecord | null;
  /** The records since, by reason. */
  readonly movements: readonly Movement[];
}

/** All records of one reason together. */
interface Movement {
  readonly reason: Reason;
  /** How many there are. */
  readonly records: number;
  /** The sum of their changes: of what is available, or of the units at the location that was asked for. */
  readonly quantityChange: number;
}

/** What `GET` answers, read from one snapshot in the quick form and in the plain form, which defines it. */
export interface Audit {
  readonly records: number;
  readonly stock: Readonly<Record<'quick' | 'plain', readonly StockLine[]>>;
  readonly sales: Readonly<Record<'quick' | 'plain', readonly Seller[]>>;
  /** By day of the ledger's zone and product, in that order. */
  readonly days: Readonly<Record<'quick' | 'plain', readonly DailySales[]>>;
  readonly cells: CellAudit;
}

/** What there is of each product at each location, and how it came there. */
export interface CellAudit {
  /** The holds and transfers that are open. */
  readonly openDocuments: readonly DocumentEntry[];
  /** The latest record of each product at each location: as it is loaded into memory, and by the plain join. */
  readonly latest: Readonly<Record<'quick' | 'plain', readonly LedgerRecord[]>>;
  readonly locations: readonly LocationEntry[];
  /** What came in less what went out. */
  readonly changes: readonly CellChange[];
  /** Moved goods of which another number came in than went out. */
  readonly unevenMoves: readonly UnevenMove[];
}

/** The sum of the changes of a product's units at a location. */
export interface CellChange {
  readonly productID: number;
  readonly locationID: number;
  readonly onHandChange: number;
}

/** A product of a document, all places together: moving goods neither adds nor takes away any. */
export interface UnevenMove {
  readonly productID: number;
  readonly document: string | null;
  readonly onHandChange: number;
}

/** What is in stock of one product. */
export type StockLine = Pick<LedgerRecord, 'productID' | 'availableQuantity'>;

/** What a comparison of the two forms found. */
export interface Verification {
  readonly verifiedAt: Date;
  /** How many records there were. */
  readonly records: number;
  /** Lines in which the quick answers differed from the plain ones. */
  readonly drift: number;
  /** Units that were not accounted for (see `imbalancesOf`); null in verifications from before they were counted. */
  readonly conservation: number | null;
}
