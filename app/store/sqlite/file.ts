import { chmodSync, closeSync, openSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { StoreUnusable } from '../../ledger/store';

/** With less room than this the next changes may find none: a change takes a few pages of 4 KiB in the log. */
const ROOM_BYTES = 262_144;

/**
 * The file that a store has opened. SQLite goes on writing into a file that was deleted, and into one that
 * another has replaced: all that is recorded there is lost with the process.
 */
export class LedgerFile {
  readonly #file: string;
  readonly #device: bigint;
  readonly #inode: bigint;

  /** @param file one that is there */
  constructor(file: string) {
    const { dev, ino } = statSync(file, { bigint: true });
    this.#file = file;
    this.#device = dev;
    this.#inode = ino;
  }

  /** @throws StoreUnusable where the file is not where it was opened */
  checkPlace(): void {
    const found = statSync(this.#file, { bigint: true, throwIfNoEntry: false });
    if (!found) throw new StoreUnusable('file-gone', `${this.#file} is gone`);
    if (found.ino === this.#inode && found.dev === this.#device) return;
    throw new StoreUnusable('file-replaced', `${this.#file} is another file than was opened`);
  }

  /** @throws StoreUnusable where the disk has hardly any room */
  checkRoom(): void {
    const { bavail, bsize } = statfsSync(path.dirname(this.#file));
    if (bavail * bsize >= ROOM_BYTES) return;
    throw new StoreUnusable('disk-full', `only ${bavail * bsize} bytes are left for ${this.#file}`);
  }
}

/** Beside the file SQLite keeps these, with the rights that the file has when they are made. */
const BESIDE = ['', '-wal', '-shm'];

/**
 * Makes a file that is not there, for nobody but its owner, and takes from all others their rights on one that is:
 * the ledger says what a shop sells. On a file of somebody else's this cannot be done, and is left.
 */
export function keepPrivate(file: string): void {
  try {
    // Never on one that is there: to close it would give up the locks that SQLite has on it in this process.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (const suffix of BESIDE) {
    const name = `${file}${suffix}`;
    const mode = statSync(name, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) === 0) continue;
    try {
      chmodSync(name, mode & 0o700);
    } catch {
      // It is somebody else's.
    }
  }
}
