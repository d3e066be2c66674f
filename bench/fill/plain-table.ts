import type { Database } from '../servers/database';

const COLUMNS = 'record, productID, availableQuantity, quantity, unitPrice, recordedAt';

/**
 * Makes the table of the plain service, in a database of its own.
 *
 * @param from the database of a ledger whose records it is to hold, too
 * @returns where it is, in settings
 */
export async function plainTable(
  database: Database,
  from?: string,
): Promise<Readonly<Record<string, string>>> {
  const name = from === undefined ? 'bench_plain' : `${from}_plain`;
  const environment = await database.create(name);
  const connection = await database.connect(name);
  try {
    await connection.query(
      `CREATE TABLE inventory (
         record BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
         productID INT UNSIGNED NOT NULL,
         availableQuantity INT UNSIGNED NOT NULL,
         quantity INT NULL,
         unitPrice DECIMAL(13, 4) NULL,
         recordedAt DATETIME(3) NOT NULL,
         KEY product_record (productID, record)
       ) ENGINE = InnoDB`,
    );
    if (from !== undefined) {
      await connection.query(
        `INSERT INTO inventory (${COLUMNS}) SELECT ${COLUMNS} FROM ${from}.inventory ORDER BY record`,
      );
      await connection.query('ANALYZE TABLE inventory');
    }
    return environment;
  } finally {
    await connection.end();
  }
}
