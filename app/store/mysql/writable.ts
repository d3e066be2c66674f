import type { Connection } from 'mysql2';
import { requireHead } from '../head';
import { APPEND_ONLY } from '../tables';
import { query } from './connection';

/**
 * Finds out whether a turn could append, by statements that change no row: the server checks the rights, the tables and
 * whether it is read-only before it finds that there is nothing to do. None of them takes a lock that a turn waits for.
 *
 * @param thorough also take a turn, and record nothing in it: only a real write notices a full disk
 * @throws StoreUnusable
 */
export async function checkWritable(
  connection: Connection,
  database: string,
  thorough: boolean,
): Promise<void> {
  // A session keeps its rights on a database until it enters the database again. A new session may have fewer rights.
  await query(connection, 'USE ??', [database]);
  const heads = await query<unknown[]>(
    connection,
    'SELECT turnsTaken FROM ledger_head WHERE id = 1',
  );
  requireHead(heads.length);
  await query(
    connection,
    'UPDATE ledger_head SET turnsTaken = turnsTaken + 1 WHERE id = 1 AND 1 = 0',
  );
  for (const table of APPEND_ONLY) {
    await query(connection, `INSERT INTO ${table} SELECT * FROM ${table} WHERE 1 = 0`);
  }
  await query(
    connection,
    `INSERT INTO sales_daily SELECT * FROM sales_daily WHERE 1 = 0
     ON DUPLICATE KEY UPDATE revenue = VALUES(revenue)`,
  );
  // A transaction by itself. A quick turn that arrives after it is refused, and taken again.
  if (thorough)
    await query(connection, 'UPDATE ledger_head SET turnsTaken = turnsTaken + 1 WHERE id = 1');
}
