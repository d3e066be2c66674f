import type { Config } from './config';

/** Why a command cannot begin, in one line that says what to do. */
export class StartError extends Error {}

/** Says so of an embedded ledger that cannot be opened, or read once it is open. */
export function cannotOpen({ sqliteFile }: Config, error: unknown): StartError {
  const { name, message } = error as Error;
  return new StartError(
    `The ledger cannot be opened in ${sqliteFile} (${message}): ${advice(name, error)}.`,
  );
}

function advice(name: string, error: unknown): string {
  if (name === 'SchemaTooNew') return 'or choose another file with SQLITE_FILE';
  const { reason } = error as { reason?: unknown };
  if (name === 'StoreUnusable' && reason === 'damaged') {
    return 'it is no ledger, or a damaged one. Restore a backup of it, or choose another file with SQLITE_FILE';
  }
  if (name === 'StoreUnusable' && reason === 'disk-full') return 'make room on its disk';
  return 'see to that file and to the rights of its folder, or choose another with SQLITE_FILE';
}
