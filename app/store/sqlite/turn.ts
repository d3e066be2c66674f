import { setImmediate as pause } from 'node:timers/promises';
import type { NamedSale } from '../../ledger/decide';
import type { Appendix } from '../../ledger/draft';
import type { Journals, Turn } from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import type { Database } from './database';
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

/** Rows that are written before other work of the process has its turn. */
const INSERT_ROWS = 1_000;

/** A transaction that holds SQLite's one write lock. */
export class SqliteTurn implements Turn {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #database: Database;

  /** @param database in a transaction begun by `BEGIN IMMEDIATE` */
  constructor(database: Database) {
    const { records, revisions, alerts } = journals(database);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
    this.#database = database;
    database.run('UPDATE ledger_head SET turn = turn + 1 WHERE id = 1');
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
    await this.#insert('inventory', RECORD_COLUMNS, records, recordValues);
    for (const { day, productID, unitsSold, unitsPriced, revenue: exact } of sales) {
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
    await this.#insert('products', REVISION_COLUMNS, revisions, revisionValues);
    await this.#insert('requests', REQUEST_COLUMNS, requests, requestValues);
    await this.#insert('alerts', ALERT_COLUMNS, alerts, alertValues);
    await this.#insert('alert_deliveries', DELIVERY_COLUMNS, deliveries, deliveryValues);
  }

  async commit(): Promise<void> {
    this.#database.exec('COMMIT');
  }

  async abandon(): Promise<void> {
    this.#database.rollBack();
  }

  async #insert<T>(
    table: string,
    columns: string,
    entries: readonly T[],
    values: (entry: T) => Value[],
  ): Promise<void> {
    const marks = columns.split(', ').map(() => '?');
    const sql = `INSERT INTO ${table} (${columns}) VALUES (${marks})`;
    for (const [index, entry] of entries.entries()) {
      if (index % INSERT_ROWS === INSERT_ROWS - 1) await pause();
      this.#database.run(sql, ...values(entry));
    }
  }

  #batch(sql: string, key: number | string): { batch: number | null }[] {
    return this.#database.all(sql, key);
  }
}
