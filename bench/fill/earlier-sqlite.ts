import { DatabaseSync } from '@photostructure/sqlite';
import { earlierSchema } from './earlier-schema';
import type { LedgerSize } from './ledger';

/**
 * Makes an embedded ledger as a service of an earlier version left it: each product is counted, and then sold unit by unit.
 *
 * @param schema the version of its schema
 */
export function fillEarlierSqlite(
  file: string,
  { records, products }: LedgerSize,
  schema: number,
): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL');
  for (const sql of earlierSchema('sqlite', schema)) database.exec(sql);
  database.exec('BEGIN IMMEDIATE');
  database
    .prepare(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)
       INSERT INTO inventory (record, productID, availableQuantity, reason, quantityChange, quantity, unitPrice,
         recordedAt, batch)
       SELECT n, (n - 1) % ?2 + 1, 1000000 - (n - 1) / ?2,
         IIF(n <= ?2, 'count', 'sale'), IIF(n <= ?2, 1000000, -1),
         IIF(n <= ?2, NULL, 1), IIF(n <= ?2, NULL, 10000),
         strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 day', ((n - ?1) * 2592000.0 / ?1) || ' seconds'), 1
       FROM numbers`,
    )
    .run(records, products);
  database.exec(
    `INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
     SELECT substr(recordedAt, 1, 10), productID, SUM(quantity), SUM(quantity), SUM(quantity * unitPrice)
     FROM inventory
     WHERE quantity IS NOT NULL
     GROUP BY 1, 2`,
  );
  database.exec('COMMIT');
  database.close();
}
