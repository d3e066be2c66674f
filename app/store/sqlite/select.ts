import type { LedgerRecord } from '../../ledger/record';
import type { Database } from './database';
import { COLUMNS, type InventoryRow, toRecord } from './rows';

/**
 * The latest record of each product: the plain left join of the table with itself, with the latest
 * record found through the index (productID, record).
 */
export function selectLatest(database: Database): LedgerRecord[] {
  const rows = database.all<InventoryRow>(
    `SELECT ${COLUMNS.split(', ').map((column) => `m1.${column}`)}
     FROM (SELECT productID, MAX(record) AS record FROM inventory GROUP BY productID) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
  );
  return rows.map(toRecord);
}

/** The records numbered `record` and up, by primary key. */
export function selectFrom(database: Database, record: number, limit: number): LedgerRecord[] {
  const rows = database.all<InventoryRow>(
    `SELECT ${COLUMNS}
     FROM inventory
     WHERE record >= ?
     ORDER BY record
     LIMIT ?`,
    record,
    limit,
  );
  return rows.map(toRecord);
}
