import type { Config } from './config';

/** Why a command cannot start, in one line that says what to do. */
export class StartError extends Error {}

/** The error for an embedded ledger that cannot be opened or read. */
export function cannotOpen({ sqliteFile }: Config, error: unknown): StartError {
  const { name, message } = error as Error;
  return new StartError(
    `The ledger cannot be opened in ${sqliteFile} (${message}): ${advice(name, error)}.`,
  );
}

/** The error for a database that does not answer; any other error as it is. */
export function cannotReach({ dbHost, dbPort }: Config, error: unknown): unknown {
  const { name, message } = error as Error;
  if (name !== 'StoreUnavailable') return error;
  return new StartError(
    `The database at ${dbHost}:${dbPort} does not answer (${message}): check that it runs, and DB_HOST, DB_PORT, DB_USER, DB_PASSWORD and DB_NAME.`,
  );
}

function advice(name: string, error: unknown): string {
  if (name === 'SchemaTooNew') return 'or choose another file with SQLITE_FILE';
  const { reason } = error as { reason?: unknown };
  if (name === 'StoreUnusable' && reason === 'damaged') {
    return 'it is no ledger, or a damaged one. Restore a backup of it, or choose another file with SQLITE_FILE';
  }
  if (name === 'StoreUnusable' && reason === 'file-gone') {
    return 'put the ledger back there, or a backup of it after its -wal and -shm were moved away. For a new ledger move them away too';
  }
  if (name === 'StoreUnusable' && reason === 'file-replaced') {
    return 'an older file is in its place. Put the newer one back, or move the -wal and -shm away to go on with the older one';
  }
  if (name === 'StoreUnusable' && reason === 'disk-full') return 'make room on its disk';
  return 'see to that file and to the rights of its folder, or choose another with SQLITE_FILE';
}
