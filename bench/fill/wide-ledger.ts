import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Database } from '../servers/database';
import { startService } from '../servers/service';
import { fillLedger } from './ledger';

/** A ledger with very many products, on one of the stores. */
export interface WideLedger {
  /** The service's settings that name it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly records: number;
  readonly products: number;
  /** Appends records of product 1 in one transaction, as another process would. */
  append(count: number): Promise<void>;
}

/** How many of each there are. A fifth of the products has an alert, and product 1 a quarter of all records. */
export interface WideSize {
  readonly records: number;
  readonly products: number;
}

/** Records of product 1, which then has very many. They are neither counts nor sales, so they change no sum. */
const ADJUSTMENTS = `
  INSERT INTO inventory (productID, availableQuantity, reason, quantityChange, recordedAt, batch)
  SELECT 1, available, 'adjustment', 0, recordedAt, 1
  FROM (SELECT availableQuantity AS available, recordedAt FROM inventory ORDER BY record DESC LIMIT 1) latest,
    (SELECT record AS n FROM inventory WHERE record <= ?) numbers`;

/** The records go through the products in turn, so the first record of each is its count. */
const catalogue = (name: string, sku: string, price: number) => `
  INSERT INTO products (revision, productID, name, sku, price, reorderPoint, reorderQuantity, batch)
  SELECT record, productID, ${name}, ${sku}, ${price}, 5, 10, 1 FROM inventory WHERE record <= ?`;

const ALERTS = `
  INSERT INTO alerts (event, alertID, productID, status, kind, record, revision, availableQuantity, threshold,
    openedAt, recordedAt, batch)
  SELECT record, record, productID, 'open', 'low', record, record, 3, 5, recordedAt, recordedAt, 1
  FROM inventory WHERE record <= ?`;

export async function fillWideMysql(
  database: Database,
  { records, products }: WideSize,
): Promise<WideLedger> {
  const extra = Math.floor(records / 4);
  const { name, environment } = await fillLedger(database, { records: records - extra, products });
  const run = async (...statements: [sql: string, limit: number][]) => {
    const connection = await database.connect(name);
    try {
      await connection.query("SET SESSION time_zone = '+00:00', sql_log_bin = 0");
      for (const [sql, limit] of statements) await connection.query(sql, [limit]);
    } finally {
      await connection.end();
    }
  };
  const named = catalogue("CONCAT('Product number ', productID)", "CONCAT('SKU-', productID)", 1);
  await run(
    [ADJUSTMENTS, extra],
    [named, products],
    [ALERTS, Math.floor(products / 5)],
    ['ANALYZE TABLE inventory, products, alerts -- ?', 0],
  );
  return { environment, records, products, append: (count) => run([ADJUSTMENTS, count]) };
}

/** @param folder where its file is made */
export async function fillWideSqlite(
  folder: string,
  { records, products }: WideSize,
): Promise<WideLedger> {
  const file = path.join(folder, 'wide.sqlite');
  const environment = { SQLITE_FILE: file };
  await (await startService(environment)).stop();
  const extra = Math.floor(records / 4);
  const run = async (...statements: [sql: string, limit: number][]) => {
    const database = new DatabaseSync(file, { timeout: 10_000 });
    database.exec('BEGIN IMMEDIATE');
    for (const [sql, limit] of statements) database.prepare(sql).run(limit);
    database.exec('COMMIT');
    database.close();
  };
  const named = catalogue("'Product number ' || productID", "'SKU-' || productID", 10_000);
  await run(
    [
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
       INSERT INTO inventory (record, productID, availableQuantity, reason, quantityChange, quantity, unitPrice,
         recordedAt, batch)
       SELECT n, (n - 1) % ${products} + 1, 1000 - n / ${products},
         IIF(n <= ${products}, 'count', 'sale'), IIF(n <= ${products}, 1000, -1),
         IIF(n <= ${products}, NULL, 1), IIF(n <= ${products}, NULL, 10000),
         strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 day', ((n - ${records - extra}) * 2592000.0 / ${records}) || ' seconds'), 1
       FROM numbers`,
      records - extra,
    ],
    [
      `INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
       SELECT substr(recordedAt, 1, 10), productID, SUM(quantity), SUM(quantity), SUM(quantity * unitPrice)
       FROM inventory
       WHERE quantity IS NOT NULL AND record > ?
       GROUP BY 1, 2`,
      0,
    ],
    [ADJUSTMENTS, extra],
    [named, products],
    [ALERTS, Math.floor(products / 5)],
  );
  return { environment, records, products, append: (count) => run([ADJUSTMENTS, count]) };
}
