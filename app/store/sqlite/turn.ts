import type { LedgerRecord } from '../../ledger/record';
import type { DailySales } from '../../ledger/sales';
import type { Turn } from '../../ledger/store';
import type { Database } from './database';
import { COLUMNS, toValues } from './rows';
import { selectFrom, selectLatest } from './select';

/** A transaction that holds SQLite's one write lock. */
export class SqliteTurn implements Turn {
  readonly #database: Database;

  /** @param database in a transaction begun by `BEGIN IMMEDIATE` */
  constructor(database: Database) {
    this.#database = database;
    database.run('UPDATE ledger_head SET turn = turn + 1 WHERE id = 1');
  }

  async load(): Promise<LedgerRecord[]> {
    return selectLatest(this.#database);
  }

  async recordsFrom(record: number, limit: number): Promise<LedgerRecord[]> {
    return selectFrom(this.#database, record, limit);
  }

  async batchOf(record: number): Promise<number | null | undefined> {
    const [row] = this.#database.all<{ batch: number | null }>(
      'SELECT batch FROM inventory WHERE record = ?',
      record,
    );
    return row?.batch;
  }

  async append(records: readonly LedgerRecord[], sales: readonly DailySales[]): Promise<void> {
    for (const record of records) {
      this.#database.run(
        `INSERT INTO inventory (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...toValues(record),
      );
    }
    for (const { day, productID, unitsSold } of sales) {
      this.#database.run(
        `INSERT INTO sales_daily (day, productID, unitsSold) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET unitsSold = unitsSold + excluded.unitsSold`,
        day,
        productID,
        unitsSold,
      );
    }
  }

  async commit(): Promise<void> {
    this.#database.exec('COMMIT');
  }

  async abandon(): Promise<void> {
    this.#database.rollBack();
  }
}
