import { setTimeout as pause } from 'node:timers/promises';
import type { Turn } from '../../ledger/store';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import type { Asking } from '../asking';
import { dummyShop } from '../migrations';
import { type AnswerOf, type Asked, answering, type Question } from '../questions';
import { SqlStore } from '../sql-store';
import type { Insertion } from '../table-codec';
import { APPEND_ONLY } from '../tables';
import { collectGarbage } from './collect';
import { Database } from './database';
import { SQLITE } from './dialect';
import { isBusy, isDuplicate } from './errors';
import { LedgerFile } from './file';
import { checkLeftovers } from './leftovers';
import { LogMover } from './log-mover';
import { laterSchema, migrate } from './migrate';
import { ScanThreads } from './scan-threads';
import { inserting } from './statements';
import { SqliteTurn, takeHead } from './turn';
import { checkWhole } from './whole';

/**
 * The questions that read a few rows by a key. SQLite blocks its thread until it has the answer. So only these are
 * answered on the thread that serves HTTP, and all others in other threads. The audit is asked by a command that serves
 * nobody.
 */
const AT_ONCE: ReadonlySet<Question> = new Set<Question>([
  'alertLife',
  'audit',
  'deliveries',
  'lastRecordAt',
  'latestCheckpoint',
  'latestVerification',
  'request',
]);

/** How long one try waits for the turn. */
const TURN_TIMEOUT_MS = 2_000;

/** The pause between two tries to get the lock: a turn of another process takes about as long as one fsync. */
const TURN_POLL_MS = 1;

/** Writes about as many pages as a few hundred changes. It is rolled back. */
const LIKE_CHANGES = `
  INSERT INTO inventory (productID, availableQuantity, note)
  WITH RECURSIVE numbers (number) AS (
    SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 200
  )
  SELECT number, 0, printf('%.400c', 'x') FROM numbers`;

/**
 * The ledger in one SQLite file, beside which SQLite keeps its write-ahead log: one connection that writes, one that
 * reads, and threads that read too.
 */
export class SqliteStore extends SqlStore {
  /** They run in threads of their own, and do not delay short questions. */
  readonly longQuestionsAtOnce = 4;
  readonly #file: LedgerFile;
  readonly #writer: Database;
  readonly #log: LogMover;
  /** Whether SQLite has refused to write because the file is read-only. */
  #isReadOnly = false;
  #reopening: Promise<void> | undefined;
  /** Reads a few rows by a key. The writer's connection would see what is not yet committed. */
  readonly #reader: Database;
  /** Read everything else. */
  readonly #scans: ScanThreads;

  /** Opens the file, or makes it, and brings its schema forward. */
  constructor(file: string) {
    super(SQLITE);
    checkLeftovers(file);
    this.#writer = new Database(file);
    this.#file = new LedgerFile(file);
    this.#log = new LogMover(this.#writer, this.#file);
    migrate(this.#writer);
    checkWhole(this.#writer);
    this.#reader = new Database(file, { isThere: true });
    this.#writer.neverBlock();
    this.#reader.neverBlock();
    this.#scans = new ScanThreads(file);
  }

  async ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<AnswerOf<Q>> {
    if (!AT_ONCE.has(question)) return this.#scans.ask(question, ...asked);
    return this.#reader.answer(answering(SQLITE, question, asked));
  }

  async run<T>(asking: Asking<T>): Promise<T> {
    return this.#reader.answer(asking);
  }

  /**
   * Not on the writer's connection, where the entries would become a part of an open turn. It counts as a turn of its own
   * in the file's header.
   */
  protected async append<E>(into: Insertion<E>, entries: readonly E[]): Promise<void> {
    if (entries.length === 0) return;
    this.#checkFile();
    const rows = { into: into as Insertion<unknown>, entries };
    try {
      this.#inTurn(this.#reader, (database) => database.answer(inserting(rows)));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new StoreUnavailable(`somebody has appended to ${into.table}`, { cause: error });
    }
  }

  async takeTurn(): Promise<Turn> {
    const begun = performance.now();
    await this.#reopenIfReadOnly();
    for (;;) {
      try {
        this.#writer.begin();
        this.#log.moveWhenIdle();
        return new SqliteTurn(this.#writer, this.#file);
      } catch (error) {
        this.#writer.rollBack();
        this.#isReadOnly = isReadOnly(error);
        this.#checkFile();
        if (!isBusy(error) || performance.now() - begun > TURN_TIMEOUT_MS) {
          throw laterSchema(this.#writer, error);
        }
        await pause(TURN_POLL_MS);
      }
    }
  }

  /** There are no round trips to save. */
  quickTurn(): undefined {
    return undefined;
  }

  /** All processes are on this machine, and use its clock. */
  async clock(): Promise<undefined> {}

  /** Takes a turn and commits it empty: that writes to the disk, and records nothing. */
  async checkWritable(thorough: boolean): Promise<void> {
    this.#checkFile();
    this.#file.checkRoom();
    // The open turn will soon show whether the disk can be written.
    if (this.#writer.isInTransaction) return;
    await this.#reopenIfReadOnly();
    if (this.#writer.isInTransaction) return;
    for (const table of APPEND_ONLY) this.#writer.all(`SELECT 1 FROM ${table} LIMIT 0`);
    try {
      this.#inTurn(this.#writer);
      // That wrote one page. A change writes more, and the last one found no room for them.
      if (thorough) this.#writer.tryToWrite(LIKE_CHANGES);
    } catch (error) {
      this.#isReadOnly = isReadOnly(error);
      // Another process is writing.
      if (thorough || !isBusy(error)) throw error;
    }
  }

  /**
   * Fills an empty ledger with the dummy shop.
   *
   * @returns false if it has records already, and is left as it is
   */
  seedDummyShop(): boolean {
    return this.#writer.transaction(() => {
      if (this.#writer.all('SELECT 1 FROM inventory LIMIT 1').length > 0) return false;
      takeHead(this.#writer);
      for (const sql of dummyShop('sqlite')) this.#writer.exec(sql);
      return true;
    });
  }

  #inTurn(database: Database, work: (database: Database) => void = () => {}): void {
    const committed = database.transaction(() => {
      const turn = takeHead(database);
      this.#file.check(turn);
      work(database);
      return turn;
    });
    this.#file.onCommitted(committed);
  }

  /** @throws StoreUnusable if what is written now would be lost. What was written before is saved into the file if possible. */
  #checkFile(): void {
    try {
      this.#file.check();
    } catch (error) {
      if (!this.#writer.isInTransaction) this.#log.move();
      throw error;
    }
  }

  /** Opens all connections again: they share the `-shm`, and a file that was opened read-only stays so until all are closed. */
  async #reopenIfReadOnly(): Promise<void> {
    if (!this.#isReadOnly || !this.#file.isWritable()) return;
    this.#reopening ??= this.#scans
      .renew(async () => {
        if (this.#writer.isInTransaction) return;
        this.#writer.close();
        this.#reader.close();
        await collectGarbage();
        this.#file.forgetLogs();
        this.#writer.reopen();
        this.#reader.reopen();
        this.#writer.neverBlock();
        this.#reader.neverBlock();
        this.#isReadOnly = false;
      })
      .finally(() => {
        this.#reopening = undefined;
      });
    await this.#reopening;
  }

  /** Leaves everything in the one file, so that a copy of it alone is complete. */
  async close(): Promise<void> {
    this.#log.stop();
    await this.#scans.close();
    this.#log.move();
    // Closing copies the log into the file. It would damage a file that was copied over ours.
    if (this.#file.isOverwritten) return;
    this.#reader.close();
    this.#writer.close();
    this.#file.close();
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof StoreUnusable && error.reason === 'read-only';
}
