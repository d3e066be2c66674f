import type { Connection, ResultSetHeader } from 'mysql2';
import type { NamedSale } from '../../ledger/decide';
import type { Appendix } from '../../ledger/draft';
import { type Journals, StoreUnusable, type Turn } from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import { query } from './connection';
import { safePrice } from './decimal';
import { ofCommit } from './errors';
import { selectRequests } from './questions';
import { keyBytes, safeInteger } from './rows';
import { journals } from './select';
import { appending, COMMIT, TAKE_TURN } from './statements';
import type { Turns } from './turns';

/**
 * How often a turn says that it is alive: the server ends its session after three seconds of silence (`wait_timeout`),
 * and to decide on a large file, while others are served, may take longer.
 */
const ALIVE_MS = 1_000;

/** A transaction that holds the row of `ledger_head`. Its session has autocommit off. */
export class MysqlTurn implements Turn {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #connection: Connection;
  readonly #number: number;
  readonly #turns: Turns;
  readonly #drop: () => void;
  readonly #alive: NodeJS.Timeout;
  #ended = false;

  private constructor(connection: Connection, number: number, turns: Turns, drop: () => void) {
    this.#connection = connection;
    this.#number = number;
    this.#turns = turns;
    this.#drop = drop;
    const { records, revisions, alerts } = journals(connection);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
    // Where that fails, the next statement does, too.
    const sayAlive = () => void query(connection, 'DO 0').catch(() => {});
    this.#alive = setInterval(sayAlive, ALIVE_MS).unref();
  }

  /**
   * Opens the transaction with a write to `ledger_head`.
   *
   * @param drop gives the connection up: after an error nobody knows what it would say next
   */
  static async take(connection: Connection, turns: Turns, drop: () => void): Promise<MysqlTurn> {
    try {
      const { affectedRows, insertId } = await query<ResultSetHeader>(connection, TAKE_TURN.sql);
      if (affectedRows !== 1)
        throw new StoreUnusable('no-head', 'ledger_head has no row: there is no turn to take');
      turns.taken(insertId);
      return new MysqlTurn(connection, insertId, turns, drop);
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
    try {
      for (const { sql, values } of appending(appendix)) await query(this.#connection, sql, values);
    } catch (error) {
      // A session does not see that its account may write again.
      if (error instanceof StoreUnusable && error.reason === 'no-rights') this.#drop();
      throw error;
    }
  }

  async commit(): Promise<void> {
    clearInterval(this.#alive);
    await query(this.#connection, COMMIT.sql).catch((error) => {
      throw ofCommit(error);
    });
    this.#ended = true;
    this.#turns.committed(this.#number);
  }

  async abandon(): Promise<void> {
    clearInterval(this.#alive);
    if (this.#ended) return;
    this.#ended = true;
    try {
      await query(this.#connection, 'ROLLBACK');
    } catch {
      this.#drop();
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
