import { StoreUnusable } from '../../ledger/store-failure';
import { migrations, pending } from '../migrations';
import type { Database } from './database';

/**
 * Brings the schema forward, in one transaction, so that any number of processes may start at once.
 *
 * @throws SchemaTooNew
 */
export function migrate(database: Database): void {
  const all = migrations('sqlite');
  if (pending(all, schemaVersion(database)).length === 0) return;
  database.transaction(() => {
    for (const { sql } of pending(all, schemaVersion(database))) database.exec(sql);
  });
}

/**
 * What an error of a turn means: where a column is missing, a service of a later version may have renamed it while this one ran.
 *
 * @returns SchemaTooNew, or the error as it is
 */
export function laterSchema(database: Database, error: unknown): unknown {
  if (!(error instanceof StoreUnusable) || error.reason !== 'no-table') return error;
  try {
    pending(migrations('sqlite'), schemaVersion(database));
    return error;
  } catch (found) {
    return found;
  }
}

function schemaVersion(database: Database): number {
  const [table] = database.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'",
  );
  if (!table) return 0;
  const [row] = database.all<{ version: number | null }>(
    'SELECT MAX(version) AS version FROM schema_migrations',
  );
  return row?.version ?? 0;
}
