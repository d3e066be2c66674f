import type { NamedSale } from '../../ledger/decide';
import type { Appendix } from '../../ledger/draft';
import { onceAround, Slices } from '../../ledger/slice';
import { type Journals, StoreUnavailable, StoreUnusable, type Turn } from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import type { Database } from './database';
import type { LedgerFile } from './file';
import { selectRequests } from './questions';
import { ADD_REVENUE, revenueValues } from './revenue';
import {
  ALERT_COLUMNS,
  alertValues,
  DELIVERY_COLUMNS,
  deliveryValues,
  RECORD_COLUMNS,
  REQUEST_COLUMNS,
  REVISION_COLUMNS,
  recordValues,
  requestValues,
  revisionValues,
  type Value,
} from './rows';
import { journals } from './select';

/** A transaction that holds SQLite's one write lock. */
export class SqliteTurn implements Turn {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #database: Database;
  readonly #file: LedgerFile;
  readonly #turn: number;

  /**
   * @param database in a transaction begun by `BEGIN IMMEDIATE`
   * @throws StoreUnusable where the file is gone, or the row of the turn
   */
  constructor(database: Database, file: LedgerFile) {
    const turn = takeHead(database);
    file.check(turn);
    this.#turn = turn;
    const { records, revisions, alerts } = journals(database);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
    this.#database = database;
    this.#file = file;
  }

  async sales(records: readonly number[]): Promise<NamedSale[]> {
    return records.flatMap((record) =>
      this.#database
        .all<NamedSale>(
          `SELECT sale.record, sale.productID, sale.quantity, sale.unitPrice,
             COALESCE(-SUM(returned.quantity), 0) AS returnedQuantity
           FROM inventory sale
             LEFT JOIN inventory returned ON returned.saleRecord = sale.record
           WHERE sale.record = ? AND sale.reason = 'sale' AND sale.quantity IS NOT NULL
           GROUP BY sale.record`,
          record,
        )
        .map((row) => ({ ...row })),
    );
  }

  async requests(keys: readonly string[]): Promise<StoredRequest[]> {
    return keys.flatMap((key) => selectRequests(this.#database, key));
  }

  async holds({ batch, records, revisions, requests, alerts }: Appendix): Promise<boolean> {
    const [found] = records[0]
      ? this.#batch('SELECT batch FROM inventory WHERE record = ?', records[0].record)
      : revisions[0]
        ? this.#batch('SELECT batch FROM products WHERE revision = ?', revisions[0].revision)
        : alerts[0]
          ? this.#batch('SELECT batch FROM alerts WHERE event = ?', alerts[0].event)
          : this.#batch('SELECT batch FROM requests WHERE requestKey = ?', requests[0]?.key ?? '');
    return found?.batch === batch;
  }

  async append(appendix: Appendix): Promise<void> {
    const { records, sales, revisions, requests, alerts, deliveries } = appendix;
    const slices = new Slices(onceAround);
    await this.#insert('inventory', RECORD_COLUMNS, records, recordValues, slices);
    for (const { day, productID, unitsSold, unitsPriced, revenue: exact } of sales) {
      if (slices.isOver) await slices.next();
      const { revenue, carry } = revenueValues(exact);
      this.#database.run(
        `INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue, revenueCarry)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET
           unitsSold = unitsSold + excluded.unitsSold,
           unitsPriced = unitsPriced + excluded.unitsPriced,
           ${ADD_REVENUE}`,
        day,
        productID,
        unitsSold,
        unitsPriced,
        revenue,
        carry,
      );
    }
    await this.#insert('products', REVISION_COLUMNS, revisions, revisionValues, slices);
    await this.#insert('requests', REQUEST_COLUMNS, requests, requestValues, slices);
    await this.#insert('alerts', ALERT_COLUMNS, alerts, alertValues, slices);
    await this.#insert('alert_deliveries', DELIVERY_COLUMNS, deliveries, deliveryValues, slices);
  }

  async commit(): Promise<void> {
    this.#file.check();
    try {
      this.#database.exec('COMMIT');
    } catch (error) {
      throw isSurelyNotDone(error) ? error : inDoubt(error);
    }
    this.#file.onCommitted(this.#turn);
  }

  async abandon(): Promise<void> {
    this.#database.rollBack();
  }

  async #insert<T>(
    table: string,
    columns: string,
    entries: readonly T[],
    values: (entry: T) => Value[],
    slices: Slices,
  ): Promise<void> {
    const marks = columns.split(', ').map(() => '?');
    const sql = `INSERT INTO ${table} (${columns}) VALUES (${marks})`;
    for (const entry of entries) {
      if (slices.isOver) await slices.next();
      this.#database.run(sql, ...values(entry));
    }
  }

  #batch(sql: string, key: number | string): { batch: number | null }[] {
    return this.#database.all(sql, key);
  }
}

/**
 * Takes the turn's next number, and counts it in the file's header: there it says as of which turn the file is.
 *
 * @returns the count, of 32 bits. It is not the number, which an administrator may set
 * @throws StoreUnusable where the row of the turn is missing
 */
export function takeHead(database: Database): number {
  const [head] = database.all('UPDATE ledger_head SET turn = turn + 1 WHERE id = 1 RETURNING turn');
  if (!head) throw new StoreUnusable('no-head', 'ledger_head has no row: there is no turn to take');
  const [header] = database.all<{ user_version: number }>('PRAGMA user_version');
  const turn = ((header?.user_version ?? 0) + 1) | 0;
  database.exec(`PRAGMA user_version = ${turn}`);
  return turn;
}

/**
 * Whether a COMMIT that failed so left nothing. The frame that commits is the last one to be written to the log, and is
 * not whole where the disk took no more; where its fsync failed, nobody knows (https://www.sqlite.org/walformat.html).
 */
function isSurelyNotDone(error: unknown): boolean {
  return (
    error instanceof StoreUnusable &&
    (error.reason === 'disk-full' ||
      error.reason === 'write-failed' ||
      error.reason === 'read-only')
  );
}

function inDoubt(error: unknown): unknown {
  if (!(error instanceof StoreUnusable)) return error;
  return new StoreUnavailable(error.message, { cause: error });
}
