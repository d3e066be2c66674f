import { ask } from '../load/ask';
import type { Database } from '../servers/database';
import { startService } from '../servers/service';

/** How many products there are, and at how many locations each of them is. */
export interface CellsSize {
  readonly products: number;
  readonly locations: number;
}

/** Units that each location has of each product. */
const UNITS = 10;

/** Fills a new database with a ledger whose products are at several locations: one receipt of each product at each. */
export async function fillCells(
  database: Database,
  { products, locations }: CellsSize,
): Promise<Readonly<Record<string, string>>> {
  const name = `bench_${products}_at_${locations}`;
  const environment = await database.create(name);
  const service = await startService(environment);
  for (let locationID = 2; locationID <= locations; locationID += 1) {
    const body = new URLSearchParams({ name: `Place ${locationID}` });
    await ask(`${service.url}/locations/${locationID}`, { method: 'PUT', body });
  }
  await service.stop();
  const connection = await database.connect(name);
  try {
    await connection.query('CREATE TABLE numbers (n INT NOT NULL PRIMARY KEY) ENGINE = InnoDB');
    await connection.query('INSERT INTO numbers (n) VALUES (0)');
    for (let count = 1; count < products; count *= 2) {
      await connection.query('INSERT INTO numbers (n) SELECT n + ? FROM numbers', [count]);
    }
    for (let before = 0; before < locations; before += 1) {
      await connection.query(
        `INSERT INTO inventory (record, productID, availableQuantity, reason, quantityChange, locationID,
           onHandQuantity, onHandChange, recordedAt, batch)
         SELECT ? + n + 1, n + 1, ?, 'receipt', ${UNITS}, ?, ${UNITS}, ${UNITS}, UTC_TIMESTAMP(3), 1
         FROM numbers
         WHERE n < ?
         ORDER BY n`,
        [before * products, (before + 1) * UNITS, before + 1, products],
      );
    }
    await connection.query('DROP TABLE numbers');
    await connection.query('ANALYZE TABLE inventory');
  } finally {
    await connection.end();
  }
  return environment;
}
