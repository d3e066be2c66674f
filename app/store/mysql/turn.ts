import type { Connection } from 'mysql2';
import type { NamedSale } from '../../ledger/decide';
import type { Appendix } from '../../ledger/draft';
import type { Journals, Turn } from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import { query } from './connection';
import { safePrice, toDecimal } from './decimal';
import { selectRequests } from './questions';
import {
  ALERT_COLUMNS,
  alertValues,
  DELIVERY_COLUMNS,
  deliveryValues,
  keyBytes,
  RECORD_COLUMNS,
  REQUEST_COLUMNS,
  REVISION_COLUMNS,
  recordValues,
  requestValues,
  revisionValues,
  safeInteger,
} from './rows';
import { journals } from './select';

/** Rows in one INSERT: with the longest texts they stay below `max_allowed_packet`, 4 MiB by default. */
const INSERT_ROWS = 1_000;
/** Of the catalogue, whose URLs are the longest texts of all. */
const INSERT_REVISIONS = 250;

/** A transaction that holds the row of `ledger_head`. Its session has autocommit off. */
export class MysqlTurn implements Turn {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #connection: Connection;
  readonly #drop: () => void;
  #ended = false;

  private constructor(connection: Connection, drop: () => void) {
    this.#connection = connection;
    this.#drop = drop;
    const { records, revisions, alerts } = journals(connection);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
  }

  /**
   * Opens the transaction with a write to `ledger_head`. Being its first statement, everything read
   * afterwards is as of the turn; being a write, it fences on clusters that only certify writes too.
   *
   * @param drop gives the connection up: after an error nobody knows what it would say next
   */
  static async take(connection: Connection, drop: () => void): Promise<MysqlTurn> {
    try {
      const { affectedRows } = await query<{ affectedRows: number }>(
        connection,
        'UPDATE ledger_head SET turn = turn + 1 WHERE id = 1',
      );
      if (affectedRows !== 1)
        throw new Error('ledger_head has no row: the ledger has no turn to take');
      return new MysqlTurn(connection, drop);
    } catch (error) {
      drop();
      throw error;
    }
  }

  async sales(records: readonly number[]): Promise<NamedSale[]> {
    const rows = await query<SaleRow[]>(
      this.#connection,
      `SELECT sale.record, sale.productID, sale.quantity, sale.unitPrice,
         COALESCE(-SUM(returned.quantity), 0) AS returnedQuantity
       FROM inventory sale
         LEFT JOIN inventory returned ON returned.saleRecord = sale.record
       WHERE sale.record IN (?) AND sale.reason = 'sale' AND sale.quantity IS NOT NULL
       GROUP BY sale.record, sale.productID, sale.quantity, sale.unitPrice`,
      [records],
    );
    return rows.map((row) => ({
      record: safeInteger(row.record),
      productID: row.productID,
      quantity: row.quantity,
      unitPrice: row.unitPrice === null ? null : safePrice(row.unitPrice),
      returnedQuantity: safeInteger(row.returnedQuantity),
    }));
  }

  requests(keys: readonly string[]): Promise<StoredRequest[]> {
    return selectRequests(this.#connection, keys);
  }

  async holds({ batch, records, revisions, requests, alerts }: Appendix): Promise<boolean> {
    const [found] = records[0]
      ? await this.#batch('SELECT batch FROM inventory WHERE record = ?', records[0].record)
      : revisions[0]
        ? await this.#batch('SELECT batch FROM products WHERE revision = ?', revisions[0].revision)
        : alerts[0]
          ? await this.#batch('SELECT batch FROM alerts WHERE event = ?', alerts[0].event)
          : await this.#batch(
              'SELECT batch FROM requests WHERE requestKey = ?',
              keyBytes(requests[0]?.key ?? ''),
            );
    return found !== undefined && found.batch !== null && safeInteger(found.batch) === batch;
  }

  async append(appendix: Appendix): Promise<void> {
    const { records, sales, revisions, requests, alerts, deliveries } = appendix;
    await this.#insert(`INSERT INTO inventory (${RECORD_COLUMNS}) VALUES ?`, records, recordValues);
    await this.#insert(
      `INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue) VALUES ?
       ON DUPLICATE KEY UPDATE
         unitsSold = unitsSold + VALUES(unitsSold),
         unitsPriced = unitsPriced + VALUES(unitsPriced),
         revenue = revenue + VALUES(revenue)`,
      sales,
      ({ day, productID, unitsSold, unitsPriced, revenue }) => [
        day,
        productID,
        unitsSold,
        unitsPriced,
        toDecimal(revenue),
      ],
    );
    await this.#insert(
      `INSERT INTO products (${REVISION_COLUMNS}) VALUES ?`,
      revisions,
      revisionValues,
      INSERT_REVISIONS,
    );
    await this.#insert(
      `INSERT INTO requests (${REQUEST_COLUMNS}) VALUES ?`,
      requests,
      requestValues,
    );
    await this.#insert(`INSERT INTO alerts (${ALERT_COLUMNS}) VALUES ?`, alerts, alertValues);
    await this.#insert(
      `INSERT INTO alert_deliveries (${DELIVERY_COLUMNS}) VALUES ?`,
      deliveries,
      deliveryValues,
    );
  }

  async commit(): Promise<void> {
    await query(this.#connection, 'COMMIT');
    this.#ended = true;
  }

  async abandon(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    try {
      await query(this.#connection, 'ROLLBACK');
    } catch {
      this.#drop();
    }
  }

  async #insert<T>(
    sql: string,
    entries: readonly T[],
    values: (entry: T) => unknown[],
    atOnce = INSERT_ROWS,
  ): Promise<void> {
    for (let done = 0; done < entries.length; done += atOnce) {
      await query(this.#connection, sql, [entries.slice(done, done + atOnce).map(values)]);
    }
  }

  #batch(sql: string, key: number | Buffer): Promise<{ batch: number | string | null }[]> {
    return query(this.#connection, sql, [key]);
  }
}

interface SaleRow {
  record: number | string;
  productID: number;
  quantity: number;
  unitPrice: string | null;
  returnedQuantity: number | string;
}
