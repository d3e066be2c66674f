import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and its missing parents, for their owner alone. Below `/proc` on Linux the option `recursive` of `mkdir`
 * never ends, because each try reports that the parent is missing.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, 0o700);
  } catch (error) {
    // Another starting process has made it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
