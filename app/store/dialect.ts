import type { DailySales } from '../ledger/sales';
import type { Asking, Statement, Statements } from './asking';
import type { Codecs } from './codec';
import type { Insertion, Rows, TableCodec, Tables } from './table-codec';

/** What the databases' SQL and columns differ in. All other SQL is written once, for both. */
export interface Dialect {
  readonly codecs: Codecs;
  readonly tables: Tables;
  readonly revenue: RevenueSql;

  /** Adds to the row of a day and product in `sales_daily`, which is made where there is none. */
  readonly dailySales: Insertion<DailySales>;

  /** The statements that insert rows, several rows in each. */
  inserting(rows: Rows): Statements;

  /** The statements that begin a snapshot, in which all that is read is of one moment. COMMIT ends it. */
  readonly beginSnapshot: readonly string[];

  /**
   * A statement that waits for the turn that lasts now to end. Undefined where rows get their numbers in the order of
   * commits, whoever inserts them: then there is nothing to wait for.
   */
  readonly awaitTurn: Statement | undefined;

  /** The condition that a column's value, or the values of several columns, are among these. */
  among(columns: string | readonly [string, string], values: readonly unknown[]): Statement;

  /** The condition that a row of `sales_daily` comes after another's day and productID, by primary key. */
  afterDaily(day: string, productID: number): Statement;

  /** The latest entries of a journal as of a number, by what they are about: a part of them. */
  latest<E>(codec: TableCodec<E>, wanted: PartWanted): Asking<Part<E>>;
}

/** Revenue is exact, whatever its size, and each database has other columns for that. */
export interface RevenueSql {
  /** The revenue of a row of `sales_daily`, as text. */
  readonly ofRow: string;
  /** The columns that sum up the revenue of a group of its rows. */
  readonly sum: string;
  /** These columns as text. */
  readonly ofSum: string;
  /** What to order by, of these columns, for the greatest revenue first. */
  readonly greatestFirst: string;
  /** The revenue of a group of rows of `inventory`, as text. */
  readonly ofRecords: string;
  /** The revenue that such a text stands for, in ten-thousandths of the currency unit. */
  read(text: string): bigint;
}

/** Which part of the latest entries to read. */
export interface PartWanted {
  /** The latest entries whose number is no greater. */
  readonly asOf: number;
  /** Only those about something beyond this one. */
  readonly after: number;
  /** How many at most. */
  readonly limit: number;
  /** How many things without such an entry to pass over at most; undefined for any number. */
  readonly stepsMax?: number;
}

/** A part of the latest entries. */
export interface Part<E> {
  readonly entries: readonly E[];
  /** The next part is about things beyond this one; undefined where there is no further part. */
  readonly next: number | undefined;
}

/** Asks in a snapshot. Whoever runs it ends the snapshot if it fails. */
export function* inSnapshot<T>({ beginSnapshot }: Dialect, asking: Asking<T>): Asking<T> {
  for (const sql of beginSnapshot) yield { sql };
  const answer = yield* asking;
  yield { sql: 'COMMIT' };
  return answer;
}
