import type { DeliveryStep } from './delivery';
import type { DocumentEntry } from './documents/document';
import type { NamedSale } from './facts';
import type { Journals } from './memories';
import type { Questions, Verification } from './questions';
import type { LedgerRecord } from './record';
import type { StoredRequest } from './request';
import type { DailySales } from './sales';
import type { TurnEntries } from './write/turn-entries';

/** Where the ledger is kept. It decides nothing. Everything but `close` throws StoreUnavailable or StoreUnusable. */
export interface LedgerStore extends Journals, Questions {
  /** How many questions that may read much it can answer at once, with room left for all others. */
  readonly longQuestionsAtOnce: number;

  /** Waits for the turn to append. */
  takeTurn(): Promise<Turn>;

  /** A quick turn; undefined if other processes take turns, too, so that it would fail, or if none is quicker. */
  quickTurn(): QuickTurn | undefined;

  /** The time by the database's own clock; undefined if it has none but this machine's. */
  clock(): Promise<Date | undefined>;

  /**
   * Finds out whether a change could be recorded now, without recording one or waiting for the turn.
   *
   * @param thorough writes for real. After a failed write, the cheaper check would not notice a full disk
   */
  checkWritable(thorough: boolean): Promise<void>;

  /** Keeps what a verification found. */
  appendVerification(verification: Verification): Promise<void>;

  /** Appends steps, all or none. @throws StoreUnavailable if somebody has appended one of them meanwhile */
  appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void>;

  /** Keeps the last record that the monitor has processed. */
  appendCheckpoint(record: number, at: Date): Promise<void>;

  /** Closes every connection and file. Nothing else may be called afterwards. */
  close(): Promise<void>;
}

/**
 * A turn to append: while it lasts nobody else can append, in this process or another. It ends by `commit` or `abandon`;
 * after an error only `abandon` may be called. Everything but `abandon` throws StoreUnavailable or StoreUnusable.
 */
export interface Turn extends Journals {
  /** The sales among these records, and what has been returned of each. */
  sales(records: readonly number[]): Promise<NamedSale[]>;

  /** The requests under these keys. */
  requests(keys: readonly string[]): Promise<StoredRequest[]>;

  /** All rows of the daily sales. */
  dailySales(): Promise<DailySales[]>;

  /** The latest step of each document of these names, as far as there are any. */
  latestSteps(documents: readonly string[]): Promise<DocumentEntry[]>;

  /** Whether the entries of an earlier turn, which may have been committed, are in the ledger. */
  holds(entries: TurnEntries): Promise<boolean>;

  /** Writes entries under their own numbers, and adds to the daily sales. */
  append(entries: TurnEntries): Promise<void>;

  /**
   * Makes the turn durable, even if nothing was appended: then every quick turn from before is refused. After an error
   * other than StoreUnusable it is unknown whether it was committed.
   */
  commit(): Promise<void>;

  /** Gives the turn up. Nothing of it remains, unless it was committed. Never throws. */
  abandon(): Promise<void>;
}

/**
 * A turn in one round trip to the store, for a writer that knows the last record. If another turn was committed since the
 * store gave it out, it does nothing, however late it arrives.
 */
export interface QuickTurn {
  /**
   * Takes the turn, appends and commits, provided that this process took the last turn and the ledger still ends with
   * the record that it knows.
   *
   * @param last the ledger's last record, as far as is known
   * @returns false if the ledger has changed, or the store refused the entries: nothing was recorded
   * @throws StoreUnavailable, after which it is unknown whether it was committed
   */
  write(last: LedgerRecord, entries: TurnEntries): Promise<boolean>;
}
