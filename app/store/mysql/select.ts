import type { Connection } from 'mysql2';
import type { LedgerRecord } from '../../ledger/record';
import { query } from './connection';
import { COLUMNS, type InventoryRow, safeInteger, toRecord } from './rows';

/** The number of the last record that is committed, or 0. Lower ones may still be on their way: see `settled`. */
export async function selectLast(connection: Connection): Promise<number> {
  const [row] = await query<{ last: number | string | null }[]>(
    connection,
    'SELECT MAX(record) AS last FROM inventory',
  );
  return safeInteger(row?.last ?? 0);
}

/**
 * Waits for the turn that lasts now to end. A row inserted by hand meanwhile takes a number beyond those of
 * the turn and is committed before them. Afterwards nothing that was seen has anything to come before it.
 */
export async function settled(connection: Connection): Promise<void> {
  await query(connection, 'SELECT turn FROM ledger_head WHERE id = 1 LOCK IN SHARE MODE');
}

/**
 * The latest record of each product: the plain left join of the table with itself, with the latest
 * record found through the index (productID, record), one seek a product.
 *
 * @param asOf the last record that counts
 */
export async function selectLatest(
  connection: Connection,
  asOf: number = Number.MAX_SAFE_INTEGER,
): Promise<LedgerRecord[]> {
  const rows = await query<InventoryRow[]>(
    connection,
    `SELECT ${COLUMNS.split(', ').map((column) => `m1.${column}`)}
     FROM (
         SELECT productID, MAX(record) AS record
         FROM inventory
         WHERE record <= ?
         GROUP BY productID
       ) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
    [asOf],
  );
  return rows.map(toRecord);
}

/** The records numbered `record` and up, by primary key. */
export async function selectFrom(
  connection: Connection,
  record: number,
  limit: number,
): Promise<LedgerRecord[]> {
  const rows = await query<InventoryRow[]>(
    connection,
    `SELECT ${COLUMNS}
     FROM inventory
     WHERE record >= ?
     ORDER BY record
     LIMIT ?`,
    [record, limit],
  );
  return rows.map(toRecord);
}
