import type { Database } from './database';
import type { LedgerFile } from './file';

/** After this time without a new record the log is copied into the file. SQLite itself does so at 1,000 pages. */
const IDLE_MS = 5_000;

/** Copies SQLite's write-ahead log into the file. */
export class LogMover {
  readonly #writer: Database;
  readonly #file: LedgerFile;
  #idle: NodeJS.Timeout | undefined;

  constructor(writer: Database, file: LedgerFile) {
    this.#writer = writer;
    this.#file = file;
  }

  /** Copies it once nothing was recorded for a while. A copy of the file alone lacks little then. */
  moveWhenIdle(): void {
    if (this.#idle) {
      this.#idle.refresh();
      return;
    }
    this.#idle = setTimeout(() => {
      // An open turn starts the time again.
      if (!this.#writer.isInTransaction) this.move();
    }, IDLE_MS).unref();
  }

  /** Copies it now, if the file is still the one that was opened. */
  move(): void {
    try {
      this.#file.checkFile();
      this.#writer.moveLogIntoFile();
      // From now on an older state is a fault.
      this.#file.checkFile();
    } catch {
      // The log is as durable as the file. The next one who opens the file reads it.
    }
  }

  /** Waits for nothing any more. */
  stop(): void {
    clearTimeout(this.#idle);
  }
}
