import type { Connection } from 'mysql2';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import { migrations, pending } from '../migrations';
import { NO_TIMEOUT, query } from './connection';

/** How long a process waits while another brings the schema forward. */
const LOCK_TIMEOUT_S = 4;

/**
 * Brings the schema forward, under a lock, so that any number of processes may start at once.
 *
 * @throws SchemaTooNew, StoreUnavailable, or StoreUnusable if the account may not CREATE or ALTER
 */
export async function migrate(connection: Connection): Promise<void> {
  const all = migrations('mysql');
  const lock = "CONCAT('schema of ', LEFT(DATABASE(), 50))";
  const [row] = await query<{ got: number }[]>(
    connection,
    `SELECT GET_LOCK(${lock}, ${LOCK_TIMEOUT_S}) AS got`,
  );
  if (row?.got !== 1) throw new StoreUnavailable('another process is changing the schema');
  try {
    for (const { sql } of pending(all, await schemaVersion(connection))) {
      for (const statement of statements(sql)) await query(connection, statement, [], NO_TIMEOUT);
    }
  } finally {
    await query(connection, `SELECT RELEASE_LOCK(${lock})`);
  }
}

/** Whether the schema is complete, so that no account needs the right to change it. @throws SchemaTooNew */
export async function isCurrent(connection: Connection): Promise<boolean> {
  return pending(migrations('mysql'), await schemaVersion(connection)).length === 0;
}

/** 0 if there is no schema, or none that the account may see. */
export async function schemaVersion(connection: Connection): Promise<number> {
  try {
    const [row] = await query<{ version: number | null }[]>(
      connection,
      'SELECT MAX(version) AS version FROM schema_migrations',
    );
    return row?.version ?? 0;
  } catch (error) {
    if (isNoTable(error) || isNoRights(error)) return 0;
    throw error;
  }
}

export function isNoTable(error: unknown): boolean {
  return error instanceof StoreUnusable && error.reason === 'no-table';
}

export function isNoRights(error: unknown): boolean {
  return error instanceof StoreUnusable && error.reason === 'no-rights';
}

/** The statements of a schema file: each ends with a semicolon at the end of a line. */
export function statements(sql: string): string[] {
  return sql
    .replace(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
