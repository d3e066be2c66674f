import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import { StoreUnusable } from '../../ledger/store-failure';
import type { Asking, Statement } from '../asking';
import { isLocked, translated } from './errors';
import { makeFolder } from './folder';
import { keepPrivate } from './private';

/** How long opening blocks while another process opens the same file. */
const OPEN_BUSY_TIMEOUT_MS = 5_000;
const OPEN_POLL_MS = 5;

/**
 * The log may grow during a long read or a large import. When SQLite starts it again from its beginning, it is cut to this
 * size. SQLite does so when it has 1,000 pages, about 4 MB, and nobody reads in it.
 */
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/** A parameter of a statement. */
type Value = string | number | bigint | null;

/**
 * One connection to a SQLite file. Each statement is prepared once. A commit is on the disk when it returns: WAL with
 * `synchronous = FULL`.
 */
export class Database {
  #db: DatabaseSyncInstance;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSyncInstance>();

  /** @param isThere whether the file must exist already. A file that was removed must not be made again unnoticed */
  constructor(file: string, { isThere = false } = {}) {
    if (isThere && !existsSync(file)) throw new StoreUnusable('file-gone', `${file} is gone`);
    makeFolder(path.dirname(file));
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new Error('it is a folder');
    }
    this.#file = file;
    this.#db = this.#open();
  }

  /** Closes the connection if it is open, and opens it again. */
  reopen(): void {
    this.close();
    if (!existsSync(this.#file)) throw new StoreUnusable('file-gone', `${this.#file} is gone`);
    this.#db = this.#open();
  }

  #open(): DatabaseSyncInstance {
    const file = this.#file;
    keepPrivate(file);
    this.#db = this.#translating(() => new DatabaseSync(file, { timeout: OPEN_BUSY_TIMEOUT_MS }));
    try {
      this.#logAhead();
      this.#db.exec('PRAGMA synchronous = FULL');
      this.#db.exec(`PRAGMA journal_size_limit = ${LOG_LIMIT_BYTES}`);
      return this.#db;
    } catch (error) {
      this.#db.close();
      throw translated(error);
    }
  }

  /**
   * Gives the file a write-ahead log, which it keeps for good. The first time SQLite fails as busy at once if another
   * process does the same. The timeout does not apply.
   */
  #logAhead(): void {
    const deadline = performance.now() + OPEN_BUSY_TIMEOUT_MS;
    for (;;) {
      try {
        this.#db.exec('PRAGMA journal_mode = WAL');
        return;
      } catch (error) {
        if (!isLocked(error) || performance.now() > deadline) throw error;
        block(OPEN_POLL_MS);
      }
    }
  }

  /** From now on a lock of another process does not block this one: the statement fails as busy, to be tried again. */
  neverBlock(): void {
    this.#db.exec('PRAGMA busy_timeout = 0');
  }

  /** Runs a script of statements. @throws StoreUnavailable */
  exec(sql: string): void {
    this.#translating(() => this.#db.exec(sql));
  }

  /** Runs a statement that returns no rows. @returns how many rows it changed. @throws StoreUnavailable */
  run(sql: string, values: readonly unknown[] = []): number {
    const { changes } = this.#translating(() => this.#prepared(sql).run(...(values as Value[])));
    return Number(changes);
  }

  /** All rows that a statement returns. @throws StoreUnavailable */
  all<T>(sql: string, values: readonly unknown[] = []): T[] {
    return this.#translating(() => this.#prepared(sql).all(...(values as Value[])) as T[]);
  }

  /** All rows that a statement returns, if it is one that does. @throws StoreUnavailable */
  rowsOf({ sql, values, hasNoRows }: Statement): readonly unknown[] {
    if (!hasNoRows) return this.all(sql, values);
    this.run(sql, values);
    return [];
  }

  /** Answers what is asked, at once. After an error a transaction that was open before stays open. @throws StoreUnavailable */
  answer<T>(asking: Asking<T>): T {
    const wasInTransaction = this.#translating(() => this.isInTransaction);
    try {
      let step = asking.next();
      while (!step.done) step = asking.next(this.rowsOf(step.value));
      return step.value;
    } catch (error) {
      if (!wasInTransaction) this.rollBack();
      throw error;
    }
  }

  /** Opens a transaction that may write: one at a time, in all processes. */
  begin(): void {
    this.run('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.run('COMMIT');
  }

  /** Does `work` in a transaction that may write. An error rolls all of it back. */
  transaction<T>(work: () => T): T {
    this.begin();
    try {
      const result = work();
      this.commit();
      return result;
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** Whether a transaction is open. */
  get isInTransaction(): boolean {
    return this.#db.isTransaction;
  }

  /**
   * Runs a statement and rolls it back. Its changes are written to the log meanwhile, because the page cache is made too
   * small for them. Nobody ever sees them there.
   */
  tryToWrite(sql: string): void {
    this.exec('PRAGMA cache_size = 1');
    try {
      this.begin();
      this.exec(sql);
    } finally {
      this.rollBack();
      this.exec('PRAGMA cache_size = -2000');
    }
  }

  /** Ends the open transaction, if there is one. After some errors SQLite has ended it already. */
  rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }

  /**
   * Copies the log into the file, except for what readers still need in the log, and empties the log if all was copied.
   * It blocks while it copies.
   */
  moveLogIntoFile(): void {
    this.#translating(() => this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
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
      throw translated(error);
    }
  }
}

/** Blocks the process, like SQLite's own waiting. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
