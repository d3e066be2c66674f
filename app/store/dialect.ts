import type { DailySales } from '../ledger/sales';
import type { Asking, Statement, Statements } from './asking';
import type { Codecs } from './codec';
import type { Insertion, Rows, TableCodec, Tables } from './table-codec';

/** The SQL and the columns in which the databases differ. All other SQL is written once, for both. */
export interface Dialect {
  readonly codecs: Codecs;
  readonly tables: Tables;
  readonly revenue: RevenueSql;

  /** Adds to the row of a day and product in `sales_daily`, or inserts it. */
  readonly dailySales: Insertion<DailySales>;

  /** The statements that insert rows, several rows in each. */
  inserting(rows: Rows): Statements;

  /** The statements that begin a snapshot: all that is read in it is of one moment. COMMIT ends it. */
  readonly beginSnapshot: readonly string[];

  /**
   * A statement that waits until the open turn has ended. Undefined if rows always get their numbers in the order of
   * commits: then there is nothing to wait for.
   */
  readonly awaitTurn: Statement | undefined;

  /** The condition that a column's value, or a pair of columns, is one of these values. */
  among(columns: string | readonly [string, string], values: readonly unknown[]): Statement;

  /** The condition that a row of `sales_daily` comes after this day and product in the primary key. */
  afterDaily(day: string, productID: number): Statement;

  /** A part of the latest entries of a journal, one for each thing that they are about, in the order of those things. */
  latest<E>(codec: TableCodec<E>, wanted: PartWanted): Asking<LatestPart<E>>;

  /** The same for each part of each thing: in the order of things, and of parts of each thing. */
  latestWithin<E>(codec: TableCodec<E>, wanted: PartWithinWanted): Asking<readonly E[]>;
}

/** Revenue is exact at any size. Each database has its own columns for that. */
export interface RevenueSql {
  /** The revenue of a row of `sales_daily`, as text. */
  readonly ofRow: string;
  /** The columns that hold the sum of the revenue of a group of its rows. */
  readonly sum: string;
  /** These columns as text. */
  readonly ofSum: string;
  /** The order of these columns for the greatest revenue first. */
  readonly greatestFirst: string;
  /** The revenue of a group of rows of `inventory`, as text. */
  readonly ofRecords: string;
  /** Reads such a text, in ten-thousandths of the currency unit. */
  read(text: string): bigint;
}

/** Which part of the latest entries to read. */
export interface PartWanted {
  /** Entries with a greater number do not count. */
  readonly asOf: number;
  /** Only entries about things with a greater number than this, such as a productID. */
  readonly after: number;
  /** How many at most. */
  readonly limit: number;
  /** How many things may be looked at for one part, also those without an entry; undefined for any number. */
  readonly stepsMax?: number;
  /** Only entries about things in this place; undefined for all places. */
  readonly place?: number | undefined;
}

/** Which part of the latest entries of parts of things to read. */
export interface PartWithinWanted extends Pick<PartWanted, 'asOf' | 'limit'> {
  /** Only entries after this thing and part. */
  readonly after: readonly number[];
  /** The last thing that is wanted; undefined for all. */
  readonly through?: number;
}

/** A part of the latest entries. */
export interface LatestPart<E> {
  readonly entries: readonly E[];
  /** Pass this as `after` to get the next part; undefined if this is the last part. */
  readonly next: number | undefined;
}

/** Asks in a snapshot. If it fails the caller ends the snapshot. */
export function* inSnapshot<T>({ beginSnapshot }: Dialect, asking: Asking<T>): Asking<T> {
  for (const sql of beginSnapshot) yield { sql };
  const answer = yield* asking;
  yield { sql: 'COMMIT' };
  return answer;
}
