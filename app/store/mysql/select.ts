import type { Connection } from 'mysql2';
import type { LedgerRecord } from '../../ledger/record';
import { query } from './connection';
import { COLUMNS, type InventoryRow, toRecord } from './rows';

/**
 * The latest record of each product: the plain left join of the table with itself, with the latest
 * record found through the index (productID, record), one seek a product.
 */
export async function selectLatest(connection: Connection): Promise<LedgerRecord[]> {
  const rows = await query<InventoryRow[]>(
    connection,
    `SELECT ${COLUMNS.split(', ').map((column) => `m1.${column}`)}
     FROM (SELECT productID, MAX(record) AS record FROM inventory GROUP BY productID) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
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
