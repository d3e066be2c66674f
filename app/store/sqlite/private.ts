import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { LOG_FILES } from './file-header';

/**
 * Makes the file if it is missing, for its owner alone. Takes all rights of others from one that exists: the ledger says
 * what a shop sells. The log gets the owner's rights on the file: SQLite makes it with those that the file has at that
 * moment, so beside a file that was read-only it would stay read-only. Files that belong to somebody else stay as they
 * are.
 */
export function keepPrivate(file: string): void {
  try {
    // Never on a file that exists: closing it would release the locks that SQLite has on it in this process.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const rights = statSync(file).mode & 0o700;
  for (const suffix of ['', ...LOG_FILES]) {
    const name = `${file}${suffix}`;
    const mode = statSync(name, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & 0o777) === rights) continue;
    try {
      chmodSync(name, rights);
    } catch {
      // It belongs to somebody else.
    }
  }
}
