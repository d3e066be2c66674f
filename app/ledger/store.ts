import type { LedgerRecord } from './record';
import type { DailySales, TopSellers, TopSellersQuery } from './sales';

/**
 * The store could not do its work now, and may be able to later: it is out of reach, did not answer
 * in time, or another transaction was in the way. Whatever else a store throws is a fault in it.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Where records are read from. All that is read was committed. */
export interface RecordSource {
  /** The latest record of each product, in one snapshot, in any order. @throws StoreUnavailable */
  load(): Promise<LedgerRecord[]>;

  /** The records numbered `record` and up, in order, `limit` at most. @throws StoreUnavailable */
  recordsFrom(record: number, limit: number): Promise<LedgerRecord[]>;
}

/**
 * A turn to append: while it lasts nobody else can, in this process or another.
 * It ends by `commit` or `abandon`; after an error only `abandon` may be called.
 */
export interface Turn extends RecordSource {
  /** The mark of the transaction that appended a record, or undefined where there is no such record. @throws StoreUnavailable */
  batchOf(record: number): Promise<number | null | undefined>;

  /** Writes records under their own numbers, and adds to the daily sales. @throws StoreUnavailable */
  append(records: readonly LedgerRecord[], sales: readonly DailySales[]): Promise<void>;

  /** Makes it durable. @throws StoreUnavailable, after which it is unknown whether it was done */
  commit(): Promise<void>;

  /** Gives the turn up: nothing of it remains. Never throws. */
  abandon(): Promise<void>;
}

/** What `GET` answers, read from one snapshot in the quick form and in the plain one that defines it. */
export interface Audit {
  readonly records: number;
  readonly stock: Readonly<Record<'quick' | 'plain', readonly StockLine[]>>;
  readonly sales: Readonly<Record<'quick' | 'plain', TopSellers['sellers']>>;
}

/** What is in stock of one product. */
export type StockLine = Pick<LedgerRecord, 'productID' | 'availableQuantity'>;

/** Where the ledger is kept. It decides nothing. */
export interface LedgerStore extends RecordSource {
  /** Waits for the turn to append. @throws StoreUnavailable */
  takeTurn(): Promise<Turn>;

  /** The top sellers, and the record that they are exact as of. @throws StoreUnavailable */
  topSellers(query: TopSellersQuery): Promise<TopSellers>;

  /** Stock and sales in both forms, by productID. It costs what the plain form costs. @throws StoreUnavailable */
  audit(): Promise<Audit>;

  /** Gives back every connection and file. Nothing else may be called afterwards. */
  close(): Promise<void>;
}
