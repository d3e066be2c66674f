import type mysql from 'mysql2/promise';
import type { Database } from '../servers/database';
import type { FilledLedger } from './ledger';

/** How many holds there are. Each is about one unit of one product. */
export interface HoldsSize {
  readonly ended: number;
  readonly open: number;
}

/** Units that each product gets before the first hold: more than are held at once. */
const UNITS = 1_000;

/** For how long a hold is open: nearly the longest that there may be, so that none ends while something is measured. */
const DAYS = 29;

/** Adds holds to a ledger as the service would have written them: those that were released, and then those that are open. */
export async function addHolds(
  database: Database,
  { name, products }: FilledLedger,
  { ended, open }: HoldsSize,
): Promise<void> {
  const connection = await database.connect(name);
  try {
    await connection.query("SET SESSION time_zone = '+00:00', sql_log_bin = 0");
    const receipts = await lastOf(connection, 'inventory', 'record');
    await connection.query(
      `INSERT INTO inventory (productID, availableQuantity, reason, quantityChange, onHandQuantity, onHandChange, recordedAt, batch)
       SELECT m1.productID, m1.availableQuantity + ${UNITS}, 'receipt', ${UNITS}, m1.availableQuantity + ${UNITS}, ${UNITS},
         UTC_TIMESTAMP(3), 1
       FROM (SELECT productID, MAX(record) AS record FROM inventory GROUP BY productID) latest
         JOIN inventory m1 ON m1.record = latest.record
       ORDER BY m1.productID`,
    );
    // Each product has one hold at a time.
    for (let done = 0, count = 0; done < ended + open; done += count) {
      const isEnded = done < ended;
      count = Math.min(products, (isEnded ? ended : ended + open) - done);
      const documents = await appendStep(connection, receipts, { count, state: 'open' });
      if (isEnded) await appendStep(connection, receipts, { count, state: 'released', documents });
    }
    await connection.query('ANALYZE TABLE inventory, documents');
  } finally {
    await connection.end();
  }
}

/** One step of holds of the first products. */
interface Step {
  readonly count: number;
  readonly state: 'open' | 'released';
  /** The number before the first step's first entry; undefined if this is the first step. */
  readonly documents?: number;
}

/**
 * @param receipts the number before the first receipt, which all products have in order
 * @returns the number before the first entry
 */
async function appendStep(
  connection: mysql.Connection,
  receipts: number,
  { count, state, documents }: Step,
): Promise<number> {
  const record = await lastOf(connection, 'inventory', 'record');
  const entry = await lastOf(connection, 'documents', 'entry');
  const held = state === 'open' ? 1 : 0;
  const first = documents ?? entry;
  const reason = held ? 'hold' : 'release';
  const expiresAt = `UTC_TIMESTAMP(3) + INTERVAL ${DAYS} DAY`;
  const numbered = `SELECT productID, onHandQuantity, record - ? AS nth FROM inventory WHERE record > ? AND record <= ?`;
  const values = [receipts, receipts, receipts + count];
  await connection.query(
    `INSERT INTO inventory (record, productID, availableQuantity, reason, quantityChange, onHandQuantity, onHandChange,
       heldQuantity, document, expiresAt, recordedAt, batch)
     SELECT ? + nth, productID, onHandQuantity - ${held}, '${reason}', ${held ? -1 : 1}, onHandQuantity, 0,
       ${held}, CONCAT('hold:', ? + nth), ${held ? expiresAt : 'NULL'}, UTC_TIMESTAMP(3), 1
     FROM (${numbered}) numbered
     ORDER BY nth`,
    [record, first, ...values],
  );
  await connection.query(
    `INSERT INTO documents (entry, documentID, document, step, kind, state, \`lines\`, expiresAt, firstRecord, records,
       recordedAt, batch)
     SELECT ? + nth, ? + nth, CONCAT('hold:', ? + nth), ${held ? 1 : 2}, 'hold', '${state}',
       CONCAT('[{"productID":', productID, ',"locationID":1,"quantity":1}]'), ${expiresAt}, ? + nth, 1, UTC_TIMESTAMP(3), 1
     FROM (${numbered}) numbered
     ORDER BY nth`,
    [entry, first, first, record, ...values],
  );
  return first;
}

/** The number of the last row of a table; 0 if it is empty. */
async function lastOf(
  connection: mysql.Connection,
  table: string,
  column: string,
): Promise<number> {
  const [rows] = await connection.query(`SELECT MAX(${column}) AS last FROM ${table}`);
  const [{ last } = { last: null }] = rows as { last: number | null }[];
  return Number(last ?? 0);
}
