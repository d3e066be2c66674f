import type { AlertEvent, AlertKind } from './alert';
import type { NamedSale } from './decide';
import type { DeliveryName, DeliveryStep } from './delivery';
import type { Journals } from './memories';
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
import type { TurnEntries } from './turn-entries';

/**
 * The store could not do its work now, and may be able to later: it is out of reach, did not answer
 * in time, or another transaction was in the way. Whatever else a store throws is a fault in it.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Why a store cannot be used until somebody sees to it. */
export type UnusableReason =
  | 'disk-full'
  /** The disk refuses to be written, for another reason than that it is full: a quota, a limit, a fault. */
  | 'write-failed'
  | 'read-only'
  /** The service's account lacks a right. */
  | 'no-rights'
  /** The row of `ledger_head` is missing, without which nobody can take the turn. */
  | 'no-head'
  /** A table, or a column of one, is missing. */
  | 'no-table'
  /** What is stored cannot be read as what it was. */
  | 'damaged'
  /** The file is no longer where it was, or another one is: what is written now would be lost. */
  | 'file-gone'
  | 'file-replaced';

/**
 * The store cannot do its work until somebody sees to it, so trying again at once is in vain. Nothing of the
 * work that met it was recorded; where nobody can know that, the store is unavailable instead.
 */
export class StoreUnusable extends Error {
  override readonly name: string = 'StoreUnusable';

  /** @param message for the log, never for a client */
  constructor(
    readonly reason: UnusableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A part of what was in stock at a moment. It may be empty, and not the last one all the same. */
export interface PastStock {
  readonly records: readonly LedgerRecord[];
  /** The next part is of products beyond this one; undefined where there is no further part. */
  readonly next: number | undefined;
}

/**
 * A turn to append: while it lasts nobody else can, in this process or another.
 * It ends by `commit` or `abandon`; after an error only `abandon` may be called.
 * Everything but `abandon` throws StoreUnavailable or StoreUnusable.
 */
export interface Turn extends Journals {
  /** The sales among these records, and what has been returned of each. */
  sales(records: readonly number[]): Promise<NamedSale[]>;

  /** The requests under these keys. */
  requests(keys: readonly string[]): Promise<StoredRequest[]>;

  /** Whether what an earlier turn appended, and may have committed, stands in the ledger. */
  holds(entries: TurnEntries): Promise<boolean>;

  /** Writes entries under their own numbers, and adds to the daily sales. */
  append(entries: TurnEntries): Promise<void>;

  /** Makes it durable, though nothing was appended: no earlier quick turn counts then. After an error, but for StoreUnusable, it is unknown whether it was done. */
  commit(): Promise<void>;

  /** Gives the turn up: nothing of it remains, unless it was committed. Never throws. */
  abandon(): Promise<void>;
}

/**
 * A turn in one round trip to the store, for who knows already how the ledger ends. Whenever it comes to the
 * store, it does nothing there once another turn was committed since it was given out.
 */
export interface QuickTurn {
  /**
   * Takes the turn, appends and commits, provided that this process took the last turn and the ledger
   * still ends with a record.
   *
   * @param last the ledger's last record, as far as is known
   * @returns false where it does not, or the store refused what was to be appended: nothing of it remains
   * @throws StoreUnavailable, after which it is unknown whether it was done
   */
  write(last: LedgerRecord, entries: TurnEntries): Promise<boolean>;
}

/** Which of a product's records to list: newest first. */
export interface HistoryQuery {
  readonly productID: number;
  readonly reason?: Reason | undefined;
  /** The first and the last moment that count. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only records before this one; undefined to begin with the newest. */
  readonly before?: number | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** Which of the resolved alerts to list: newest first. */
export interface ResolvedAlertsQuery {
  readonly productID?: number | undefined;
  readonly kind?: AlertKind | undefined;
  /** Only those resolved by an event before this one; undefined to begin with the newest. */
  readonly before?: number | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** Why a product has what it has: the last count, and what has moved since. */
export interface Explanation {
  /** The last record whose reason is `count`; null where there is none. */
  readonly count: LedgerRecord | null;
  /** The record before that count; null where there is none. */
  readonly before: LedgerRecord | null;
  /** The records since, by reason. */
  readonly movements: readonly Movement[];
}

/** The records of one reason, and what they came to together. */
export interface Movement {
  readonly reason: Reason;
  readonly records: number;
  readonly quantityChange: number;
}

/** What `GET` answers, read from one snapshot in the quick form and in the plain one that defines it. */
export interface Audit {
  readonly records: number;
  readonly stock: Readonly<Record<'quick' | 'plain', readonly StockLine[]>>;
  readonly sales: Readonly<Record<'quick' | 'plain', readonly Seller[]>>;
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
}

/** What can be asked of a store. Everything throws StoreUnavailable or StoreUnusable. */
export interface Questions {
  /** The request under a key. */
  request(key: string): Promise<StoredRequest | undefined>;

  /**
   * The latest record of each product when the ledger ended with a record, by productID: a part of them.
   *
   * @param after only of products beyond this one
   * @param limit how many at most
   */
  latestAsOf(record: number, after: number, limit: number): Promise<PastStock>;

  /** The number of the ledger's last record at a moment; 0 where it was empty. */
  lastRecordAt(time: Date): Promise<number>;

  /** A product's records, newest first. */
  history(query: HistoryQuery): Promise<LedgerRecord[]>;

  /** Why a product had what it had when the ledger ended with a record. */
  explain(productID: number, asOf: number): Promise<Explanation>;

  /** The products that sold most; those that sold equally, by productID. */
  topSellers(query: TopSellersQuery): Promise<AsOf<Seller>>;

  /** The units sold of each product on a UTC day such as `2026-11-23`. */
  unitsSold(day: string): Promise<UnitsSold>;

  /** What was sold, day by day, days without sales left out. */
  salesByDay(query: SalesByDayQuery): Promise<AsOf<DaySales>>;

  /** What was sold, by day and product, in that order. */
  dailySales(query: DailySalesQuery): Promise<DailySales[]>;

  /** Stock and sales in both forms. It costs what the plain form costs. */
  audit(): Promise<Audit>;

  /** What the last verification found; undefined where there was none. */
  latestVerification(): Promise<Verification | undefined>;

  /** The events of one alert, in order; none where there is no such alert. */
  alertLife(alertID: number): Promise<AlertEvent[]>;

  /** The last events of alerts that are resolved, newest first. */
  resolvedAlerts(query: ResolvedAlertsQuery): Promise<AlertEvent[]>;

  /** The latest step of each of these deliveries; those that are not there are left out. */
  deliveries(names: readonly DeliveryName[]): Promise<DeliveryStep[]>;

  /** The latest step of each delivery that tells of one of these alerts, by event and line. */
  deliveriesOf(alertIDs: readonly number[]): Promise<DeliveryStep[]>;

  /** The latest step of each delivery that tells of events beyond one and is not finished, by event and line. */
  unfinishedDeliveries(afterEvent: number, limit: number): Promise<DeliveryStep[]>;

  /** How many deliveries are dead. */
  deadLetters(): Promise<number>;

  /** How far the monitor has seen to records; undefined where it never said. */
  latestCheckpoint(): Promise<number | undefined>;
}

/** Where the ledger is kept. It decides nothing. Everything but `close` throws StoreUnavailable or StoreUnusable. */
export interface LedgerStore extends Journals, Questions {
  /** How many questions that may read much it can answer at a time, with room left for all others. */
  readonly longQuestionsAtOnce: number;

  /** Waits for the turn to append. */
  takeTurn(): Promise<Turn>;

  /** A quick turn; undefined where others take turns, too, so that it would be in vain, or where none is quicker. */
  quickTurn(): QuickTurn | undefined;

  /** What time it is by the database's own clock; undefined where it has none but this machine's. */
  clock(): Promise<Date | undefined>;

  /**
   * Finds out whether a change could be recorded now, without recording one or waiting for the turn.
   *
   * @param thorough write for real, where the cheaper look would not show a full disk: the last write has failed
   */
  checkWritable(thorough: boolean): Promise<void>;

  /** Keeps what a verification found. */
  appendVerification(verification: Verification): Promise<void>;

  /** Appends steps, all or none. @throws StoreUnavailable where somebody has appended one of them meanwhile */
  appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void>;

  /** Keeps how far the monitor has seen to records. */
  appendCheckpoint(record: number, at: Date): Promise<void>;

  /** Gives back every connection and file. Nothing else may be called afterwards. */
  close(): Promise<void>;
}
