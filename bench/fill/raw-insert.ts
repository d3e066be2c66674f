import type mysql from 'mysql2/promise';
import type { Database } from '../servers/database';

/** One count of a product. */
export interface Count {
  readonly productID: number;
  readonly availableQuantity: number;
}

/** Rows in one INSERT, below `max_allowed_packet`: what a simple program would send. */
const INSERT_ROWS = 10_000;

/** A program that inserts the rows of a ledger as fast as SQL allows, into its own table with the same indexes. */
export class RawInsert {
  readonly #connection: mysql.Connection;
  #record = 0;

  private constructor(connection: mysql.Connection) {
    this.#connection = connection;
  }

  /** @param like the database of a ledger. Its table is copied without rows */
  static async open(database: Database, like: string): Promise<RawInsert> {
    const name = `${like}_raw`;
    await database.create(name);
    const connection = await database.connect(name);
    await connection.query(`CREATE TABLE inventory LIKE ${like}.inventory`);
    return new RawInsert(connection);
  }

  /** Inserts the rows that the service would append for these counts, in one transaction. */
  async insert(counts: readonly Count[]): Promise<void> {
    const recordedAt = new Date();
    await this.#connection.beginTransaction();
    for (let done = 0; done < counts.length; done += INSERT_ROWS) {
      const rows = counts.slice(done, done + INSERT_ROWS).map((count) => {
        this.#record += 1;
        const { productID, availableQuantity } = count;
        const sold = [null, null, null];
        const said = [null, null];
        return [
          this.#record,
          productID,
          availableQuantity,
          'count',
          0,
          ...sold,
          ...said,
          recordedAt,
          1,
        ];
      });
      await this.#connection.query(
        `INSERT INTO inventory (record, productID, availableQuantity, reason, quantityChange,
           quantity, unitPrice, saleRecord, reference, note, recordedAt, batch)
         VALUES ?`,
        [rows],
      );
    }
    await this.#connection.commit();
  }

  async stop(): Promise<void> {
    await this.#connection.end();
  }
}
