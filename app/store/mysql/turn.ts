import type { Connection } from 'mysql2';
import type { LedgerRecord } from '../../ledger/record';
import type { DailySales } from '../../ledger/sales';
import type { Turn } from '../../ledger/store';
import { query } from './connection';
import { COLUMNS, safeInteger, toValues } from './rows';
import { selectFrom, selectLatest } from './select';

/** A transaction that holds the row of `ledger_head`. Its session has autocommit off. */
export class MysqlTurn implements Turn {
  readonly #connection: Connection;
  readonly #drop: () => void;
  #ended = false;

  private constructor(connection: Connection, drop: () => void) {
    this.#connection = connection;
    this.#drop = drop;
  }

  /**
   * Opens the transaction with a write to `ledger_head`. Being its first statement, everything read
   * afterwards is as of the turn; being a write, it fences on clusters that only certify writes too.
   *
   * @param drop gives the connection up: after an error nobody knows what it would say next
   */
  static async take(connection: Connection, drop: () => void): Promise<MysqlTurn> {
    try {
      await query(connection, 'UPDATE ledger_head SET turn = turn + 1 WHERE id = 1');
      return new MysqlTurn(connection, drop);
    } catch (error) {
      drop();
      throw error;
    }
  }

  load(): Promise<LedgerRecord[]> {
    return selectLatest(this.#connection);
  }

  recordsFrom(record: number, limit: number): Promise<LedgerRecord[]> {
    return selectFrom(this.#connection, record, limit);
  }

  async batchOf(record: number): Promise<number | null | undefined> {
    const [row] = await query<{ batch: number | string | null }[]>(
      this.#connection,
      'SELECT batch FROM inventory WHERE record = ?',
      [record],
    );
    return row && (row.batch === null ? null : safeInteger(row.batch));
  }

  async append(records: readonly LedgerRecord[], sales: readonly DailySales[]): Promise<void> {
    await query(this.#connection, `INSERT INTO inventory (${COLUMNS}) VALUES ?`, [
      records.map(toValues),
    ]);
    if (sales.length === 0) return;
    await query(
      this.#connection,
      `INSERT INTO sales_daily (day, productID, unitsSold) VALUES ?
       ON DUPLICATE KEY UPDATE unitsSold = unitsSold + VALUES(unitsSold)`,
      [sales.map(({ day, productID, unitsSold }) => [day, productID, unitsSold])],
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
}
