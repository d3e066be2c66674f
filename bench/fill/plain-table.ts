import type { Database } from '../servers/database';

const COLUMNS = 'record, productID, availableQuantity, quantity, unitPrice, recordedAt';

/**
 * Makes the table of the plain service, in its own database.
 *
 * @param from the database of a ledger, if its records are to be copied
 * @returns the settings that name it
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
