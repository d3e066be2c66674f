import type mysql from 'mysql2/promise';
import { statements } from '../../app/store/mysql/migrate';
import type { Database } from '../servers/database';
import { startService } from '../servers/service';
import { earlierSchema } from './earlier-schema';

/** The size of a ledger. */
export interface LedgerSize {
  readonly records: number;
  readonly products: number;
}

/** A filled ledger in MySQL. */
export interface FilledLedger extends LedgerSize {
  /** The name of its database. */
  readonly name: string;
  /** The service's settings that name it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The first and the last day of its records, UTC. */
  readonly from: string;
  readonly to: string;
}

/** The records are spread evenly over this many days. The last one is yesterday. */
const DAYS = 30;
const DAY_MS = 86_400_000;

/** Records in one transaction. */
const CHUNK = 100_000;

/**
 * A product is counted first. After that, one of ten records is a receipt of as many units as the nine sales after it
 * need. Each product is at another step of that cycle.
 */
const CYCLE = 10;

/**
 * Fills a new database with a ledger like one that the service has written. The service makes the tables, and the
 * database fills them by itself, because a client would take hours.
 *
 * @param schema the version of the schema, if it is to be an earlier one; at least 1
 */
export async function fillLedger(
  database: Database,
  { records, products }: LedgerSize,
  schema?: number,
): Promise<FilledLedger> {
  const name = `bench_${records}_of_${products}${schema === undefined ? '' : `_at_${schema}`}`;
  const environment = await database.create(name);
  const connection = await database.connect(name);
  if (schema === undefined) await (await startService(environment)).stop();
  else await makeSchema(connection, schema);
  const end = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const begin = end - DAYS * DAY_MS;
  try {
    await prepare(connection);
    await fillRecords(connection, { records, products }, begin);
    await connection.query('DROP TABLE numbers');
    await connection.query('ANALYZE TABLE inventory, sales_daily');
  } finally {
    await connection.end();
  }
  return { name, environment, records, products, from: day(begin), to: day(end - DAY_MS) };
}

/** Makes the tables as a service of an earlier version left them. */
async function makeSchema(connection: mysql.Connection, version: number): Promise<void> {
  for (const sql of earlierSchema('mysql', version)) {
    for (const statement of statements(sql)) await connection.query(statement);
  }
}

/** The numbers from 0 to CHUNK - 1, made by doubling a table. */
async function prepare(connection: mysql.Connection): Promise<void> {
  await connection.query("SET SESSION time_zone = '+00:00', sql_log_bin = 0");
  await connection.query('CREATE TABLE numbers (n INT NOT NULL PRIMARY KEY) ENGINE = InnoDB');
  await connection.query('INSERT INTO numbers (n) VALUES (0)');
  for (let count = 1; count < CHUNK; count *= 2) {
    await connection.query('INSERT INTO numbers (n) SELECT n + ? FROM numbers WHERE n + ? < ?', [
      count,
      count,
      CHUNK,
    ]);
  }
}

/** Record r is of product (r - 1) % products + 1. It is that product's record number `turn`, counted from 0. */
async function fillRecords(
  connection: mysql.Connection,
  { records, products }: LedgerSize,
  begin: number,
): Promise<void> {
  const apartMicros = Math.max(1, Math.floor((DAYS * DAY_MS * 1_000) / records));
  for (let done = 0; done < records; done += CHUNK) {
    await connection.query(
      `INSERT INTO inventory (record, productID, availableQuantity, reason, quantityChange,
         quantity, unitPrice, recordedAt, batch)
       SELECT record, productID, availableQuantity,
         IF(turn = 0, 'count', IF(step = 0, 'receipt', 'sale')),
         IF(turn = 0, availableQuantity, IF(step = 0, ${CYCLE - 1} * units, -units)),
         IF(turn = 0 OR step = 0, NULL, units),
         IF(turn = 0 OR step = 0, NULL, 1 + productID % 20),
         ? + INTERVAL (record - 1) * ? MICROSECOND,
         ?
       FROM (
           SELECT record, productID, turn, step, units,
             (${CYCLE - 1} - step) * units AS availableQuantity
           FROM (
               SELECT record, productID, turn, 1 + productID % 3 AS units,
                 CAST((turn + productID) % ${CYCLE} AS SIGNED) AS step
               FROM (
                   SELECT ? + n + 1 AS record, (? + n) % ? + 1 AS productID, (? + n) DIV ? AS turn
                   FROM numbers
                   WHERE n < ?
                 ) numbered
             ) placed
         ) drawn
       ORDER BY record`,
      [
        new Date(begin),
        apartMicros,
        done / CHUNK + 1,
        ...[done, done, products, done, products],
        Math.min(CHUNK, records - done),
      ],
    );
    await addSales(connection, done, done + CHUNK);
  }
}

/** Adds the sales of some records. All at once they would not fit into a temporary table in memory. */
async function addSales(connection: mysql.Connection, after: number, last: number): Promise<void> {
  await connection.query(
    `INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
     SELECT soldOn, product, units, units, money
     FROM (
         SELECT DATE(recordedAt) AS soldOn, productID AS product, SUM(quantity) AS units,
           SUM(quantity * unitPrice) AS money
         FROM inventory
         WHERE record > ? AND record <= ? AND quantity IS NOT NULL
         GROUP BY DATE(recordedAt), productID
       ) summed
     ON DUPLICATE KEY UPDATE
       unitsSold = unitsSold + VALUES(unitsSold),
       unitsPriced = unitsPriced + VALUES(unitsPriced),
       revenue = revenue + VALUES(revenue)`,
    [after, last],
  );
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
