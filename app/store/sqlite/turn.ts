import { onceAround, Slices } from '../../ledger/slice';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import type { Asking } from '../asking';
import type { OpenTurn, Rows } from '../engine';
import type { Insertion } from '../table-codec';
import type { Database } from './database';
import type { LedgerFile } from './file';

/** A transaction that holds SQLite's one write lock. */
export class SqliteTurn implements OpenTurn {
  readonly #database: Database;
  readonly #file: LedgerFile;
  readonly #turn: number;

  /**
   * @param database in a transaction begun by `BEGIN IMMEDIATE`
   * @throws StoreUnusable where the file is gone, or the row of the turn
   */
  constructor(database: Database, file: LedgerFile) {
    const turn = takeHead(database);
    file.check(turn);
    this.#turn = turn;
    this.#database = database;
    this.#file = file;
  }

  async run<T>(asking: Asking<T>): Promise<T> {
    return this.#database.answer(asking);
  }

  async insert(rows: Iterable<Rows>): Promise<void> {
    const slices = new Slices(onceAround);
    for (const { into, entries } of rows) {
      const sql = inserting(into);
      for (const entry of entries) {
        if (slices.isOver) await slices.next();
        this.#database.run(sql, into.values(entry));
      }
    }
  }

  async commit(): Promise<void> {
    this.#file.check();
    try {
      this.#database.exec('COMMIT');
    } catch (error) {
      throw isSurelyNotDone(error) ? error : inDoubt(error);
    }
    this.#file.onCommitted(this.#turn);
  }

  async abandon(): Promise<void> {
    this.#database.rollBack();
  }
}

/** The statement that inserts one row. */
export function inserting({ table, columns, onDuplicate }: Insertion<never>): string {
  const marks = columns.split(', ').map(() => '?');
  return `INSERT INTO ${table} (${columns}) VALUES (${marks}) ${onDuplicate}`;
}

/**
 * Takes the turn's next number, and counts it in the file's header: there it says as of which turn the file is.
 *
 * @returns the count, of 32 bits. It is not the number, which an administrator may set
 * @throws StoreUnusable where the row of the turn is missing
 */
export function takeHead(database: Database): number {
  const [head] = database.all('UPDATE ledger_head SET turn = turn + 1 WHERE id = 1 RETURNING turn');
  if (!head) throw new StoreUnusable('no-head', 'ledger_head has no row: there is no turn to take');
  const [header] = database.all<{ user_version: number }>('PRAGMA user_version');
  const turn = ((header?.user_version ?? 0) + 1) | 0;
  database.exec(`PRAGMA user_version = ${turn}`);
  return turn;
}

/**
 * Whether a COMMIT that failed so left nothing. The frame that commits is the last one to be written to the log, and is
 * not whole where the disk took no more; where its fsync failed, nobody knows (https://www.sqlite.org/walformat.html).
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
