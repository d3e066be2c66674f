import { onceAround, Slices } from '../../ledger/slice';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import type { Asking } from '../asking';
import { requireHead } from '../head';
import { SqlTurn } from '../sql-turn';
import type { Database } from './database';
import { SQLITE } from './dialect';
import type { LedgerFile } from './file';

/** A transaction that holds SQLite's one write lock. */
export class SqliteTurn extends SqlTurn {
  readonly #database: Database;
  readonly #file: LedgerFile;
  readonly #turn: number;

  /**
   * @param database in a transaction begun by `BEGIN IMMEDIATE`
   * @throws StoreUnusable if the file is gone, or the row of the turn
   */
  constructor(database: Database, file: LedgerFile) {
    super(SQLITE);
    const turn = takeHead(database);
    file.check(turn);
    this.#turn = turn;
    this.#database = database;
    this.#file = file;
  }

  /** Pauses between statements if they take long. Nobody else can write meanwhile. */
  async run<T>(asking: Asking<T>): Promise<T> {
    const slices = new Slices(onceAround);
    for (let step = asking.next(); ; ) {
      if (step.done) return step.value;
      step = asking.next(this.#database.rowsOf(step.value));
      if (slices.isOver) await slices.next();
    }
  }

  async commit(): Promise<void> {
    this.#file.check();
    try {
      this.#database.commit();
    } catch (error) {
      throw isSurelyNotDone(error) ? error : inDoubt(error);
    }
    this.#file.onCommitted(this.#turn);
  }

  async abandon(): Promise<void> {
    this.#database.rollBack();
  }
}

/**
 * Takes the turn's next number, and counts it in the file's header. The header says as of which turn the file is.
 *
 * @returns the count, of 32 bits. It is not the number, which an administrator may set
 * @throws StoreUnusable if the row of the turn is missing
 */
export function takeHead(database: Database): number {
  requireHead(database.run('UPDATE ledger_head SET turnsTaken = turnsTaken + 1 WHERE id = 1'));
  const [header] = database.all<{ user_version: number }>('PRAGMA user_version');
  const turn = ((header?.user_version ?? 0) + 1) | 0;
  database.exec(`PRAGMA user_version = ${turn}`);
  return turn;
}

/**
 * Whether a COMMIT that failed with this error surely left nothing. The frame that commits is the last one to be written
 * to the log, and is incomplete if the disk took no more. If its fsync failed, nobody knows
 * (https://www.sqlite.org/walformat.html).
 */
function isSurelyNotDone(error: unknown): boolean {
  return (
    error instanceof StoreUnusable &&
    (error.reason === 'disk-full' ||
      error.reason === 'write-failed' ||
      error.reason === 'read-only')
  );
}

function inDoubt(error: unknown): unknown {
  if (!(error instanceof StoreUnusable)) return error;
  return new StoreUnavailable(error.message, { cause: error });
}
