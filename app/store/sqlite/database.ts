import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import { StoreUnavailable } from '../../ledger/store';
import type { Value } from './rows';

/**
 * Primary result codes after which the same work may succeed, https://www.sqlite.org/rescode.html:
 * BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL.
 */
const PASSING = new Set([5, 6, 7, 9, 10, 13, 14, 15]);

/** SQLITE_BUSY: another process has the lock. */
const BUSY = 5;

/** SQLITE_CONSTRAINT_PRIMARYKEY: there is such a row. */
const DUPLICATE = 1555;

/** How long opening waits, blocking, for a process that opens the same file. */
const OPEN_BUSY_TIMEOUT_MS = 5_000;
const OPEN_POLL_MS = 5;

/**
 * One connection to a SQLite file, with its statements prepared once.
 * A commit is on the disk when it returns: WAL with `synchronous = FULL`.
 */
export class Database {
  readonly #db: DatabaseSyncInstance;
  readonly #statements = new Map<string, StatementSyncInstance>();

  constructor(file: string) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.#db = new DatabaseSync(file, { timeout: OPEN_BUSY_TIMEOUT_MS });
    this.#logAhead();
    this.#db.exec('PRAGMA synchronous = FULL');
  }

  /**
   * Makes the file one with a write-ahead log. It is one for good from the first time on; until then SQLite
   * fails as busy at once where another process does the same, whatever the timeout.
   */
  #logAhead(): void {
    const deadline = performance.now() + OPEN_BUSY_TIMEOUT_MS;
    for (;;) {
      try {
        this.#db.exec('PRAGMA journal_mode = WAL');
        return;
      } catch (error) {
        if (resultCode(error) !== BUSY || performance.now() > deadline) throw error;
        block(OPEN_POLL_MS);
      }
    }
  }

  /** From here on never block the process for another's lock: fail as busy, and be tried again. */
  neverBlock(): void {
    this.#db.exec('PRAGMA busy_timeout = 0');
  }

  /** Runs a script of statements. @throws StoreUnavailable */
  exec(sql: string): void {
    this.#translating(() => this.#db.exec(sql));
  }

  /** Runs a statement that returns no rows. @throws StoreUnavailable */
  run(sql: string, ...values: Value[]): void {
    this.#translating(() => this.#prepared(sql).run(...values));
  }

  /** All rows that a statement returns. @throws StoreUnavailable */
  all<T>(sql: string, ...values: Value[]): T[] {
    return this.#translating(() => this.#prepared(sql).all(...values) as T[]);
  }

  /** Does `work` in a transaction, begun as `BEGIN <mode>`; an error leaves nothing of it. */
  transaction<T>(mode: 'IMMEDIATE' | 'DEFERRED', work: () => T): T {
    this.exec(`BEGIN ${mode}`);
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** Ends the transaction, if one is open. SQLite ends it by itself after some errors. */
  rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepared(sql: string): StatementSyncInstance {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #translating<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!PASSING.has(resultCode(error))) throw error;
      throw new StoreUnavailable((error as Error).message, { cause: error });
    }
  }
}

/** Whether the lock was taken. */
export function isBusy(error: unknown): boolean {
  return error instanceof StoreUnavailable && resultCode(error.cause) === BUSY;
}

/** Whether a row was there already, by its primary key. */
export function isDuplicate(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === DUPLICATE;
}

/** Blocks the process, as SQLite's own waiting does. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** SQLite's primary result code: the low byte of the extended one. */
function resultCode(error: unknown): number {
  return ((error as { errcode?: number }).errcode ?? 0) & 0xff;
}
