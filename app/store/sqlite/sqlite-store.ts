import { setTimeout as pause } from 'node:timers/promises';
import type { AlertEvent } from '../../ledger/alert';
import type { DeliveryName, DeliveryStep } from '../../ledger/delivery';
import type { LedgerRecord } from '../../ledger/record';
import type {
  AsOf,
  DailySales,
  DailySalesQuery,
  DaySales,
  SalesByDayQuery,
  Seller,
  TopSellersQuery,
  UnitsSold,
} from '../../ledger/sales';
import {
  type Audit,
  type Explanation,
  type HistoryQuery,
  type Journals,
  type LedgerStore,
  type PastStock,
  type ResolvedAlertsQuery,
  StoreUnusable,
  type Turn,
  type Verification,
} from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import { APPEND_ONLY } from '../append-only';
import { dummyShop } from '../schema';
import {
  insertCheckpoint,
  insertDeliverySteps,
  selectAlertLife,
  selectDeliveries,
  selectLatestCheckpoint,
} from './alerts';
import { insertVerification, selectAudit, selectLatestVerification } from './audit';
import { collectGarbage } from './collect';
import { Database, isBusy } from './database';
import { LedgerFile } from './file';
import { checkLeftovers } from './leftovers';
import { selectLastRecordAt, selectRequests } from './questions';
import { ScanThreads } from './scan-threads';
import { migrate } from './schema';
import { journals, selectFrom } from './select';
import { SqliteTurn, takeHead } from './turn';
import { checkWhole } from './whole';

/** How long the turn is waited for, before it is tried anew like any other failure. */
const TURN_TIMEOUT_MS = 2_000;

/** How often a taken lock is asked for: another process's turn lasts about as long as one fsync. */
const TURN_POLL_MS = 1;

/** How long nothing is recorded until what stands in the log is copied into the file: it has less than SQLite's 1,000 pages. */
const IDLE_MS = 5_000;

/** What writes about as many pages as some hundred changes do. It is taken back. */
const LIKE_CHANGES = `
  INSERT INTO inventory (productID, availableQuantity, note)
  WITH RECURSIVE numbers (number) AS (
    SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 200
  )
  SELECT number, 0, printf('%.400c', 'x') FROM numbers`;

/** The ledger in one SQLite file, beside which it keeps its write-ahead log. */
export class SqliteStore implements LedgerStore {
  /** They run in threads of their own, and keep nobody waiting who asks for little. */
  readonly longQuestionsAtOnce = 4;
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #file: LedgerFile;
  readonly #writer: Database;
  /** Whether the writer's connection was refused as one of a read-only file. */
  #isReadOnly = false;
  #reopening: Promise<void> | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** A connection of its own: the writer's would see what is not yet committed. For what is a few rows by a key. */
  readonly #reader: Database;
  /** For all that may be more. */
  readonly #scans: ScanThreads;

  /** Opens the file, made if it is not there, and brings its schema forward. */
  constructor(file: string) {
    checkLeftovers(file);
    this.#writer = new Database(file);
    this.#file = new LedgerFile(file);
    migrate(this.#writer);
    checkWhole(this.#writer);
    this.#reader = new Database(file, { isThere: true });
    this.#writer.neverBlock();
    this.#reader.neverBlock();
    this.#scans = new ScanThreads(file);
    const { records, revisions, alerts } = journals(this.#reader);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
  }

  /** All of its processes are on this machine, and share its clock. */
  async clock(): Promise<undefined> {}

  async request(key: string): Promise<StoredRequest | undefined> {
    return selectRequests(this.#reader, key)[0];
  }

  latestAsOf(record: number, after: number, limit: number): Promise<PastStock> {
    return this.#scans.ask('pastStock', record, after, limit);
  }

  async lastRecordAt(time: Date): Promise<number> {
    return selectLastRecordAt(this.#reader, time);
  }

  history(query: HistoryQuery): Promise<LedgerRecord[]> {
    return this.#scans.ask('history', query);
  }

  explain(productID: number, asOf: number): Promise<Explanation> {
    return this.#scans.ask('explanation', productID, asOf);
  }

  topSellers(query: TopSellersQuery): Promise<AsOf<Seller>> {
    return this.#scans.ask('topSellers', query);
  }

  unitsSold(day: string): Promise<UnitsSold> {
    return this.#scans.ask('unitsSold', day);
  }

  salesByDay(query: SalesByDayQuery): Promise<AsOf<DaySales>> {
    return this.#scans.ask('salesByDay', query);
  }

  dailySales(query: DailySalesQuery): Promise<DailySales[]> {
    return this.#scans.ask('dailySales', query);
  }

  async audit(): Promise<Audit> {
    return selectAudit(this.#reader);
  }

  async appendVerification(verification: Verification): Promise<void> {
    this.#append((database) => insertVerification(database, verification));
  }

  async latestVerification(): Promise<Verification | undefined> {
    return selectLatestVerification(this.#reader);
  }

  async alertLife(alertID: number): Promise<AlertEvent[]> {
    return selectAlertLife(this.#reader, alertID);
  }

  resolvedAlerts(wanted: ResolvedAlertsQuery): Promise<AlertEvent[]> {
    return this.#scans.ask('resolvedAlerts', wanted);
  }

  async deliveries(names: readonly DeliveryName[]): Promise<DeliveryStep[]> {
    return selectDeliveries(this.#reader, names);
  }

  deliveriesOf(alertIDs: readonly number[]): Promise<DeliveryStep[]> {
    return this.#scans.ask('deliveriesOf', alertIDs);
  }

  unfinishedDeliveries(afterEvent: number, limit: number): Promise<DeliveryStep[]> {
    return this.#scans.ask('unfinishedDeliveries', afterEvent, limit);
  }

  deadLetters(): Promise<number> {
    return this.#scans.ask('deadLetters');
  }

  async appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void> {
    if (steps.length > 0) this.#append((database) => insertDeliverySteps(database, steps));
  }

  async appendCheckpoint(record: number, at: Date): Promise<void> {
    this.#append((database) => insertCheckpoint(database, record, at));
  }

  async latestCheckpoint(): Promise<number | undefined> {
    return selectLatestCheckpoint(this.#reader);
  }

  async takeTurn(): Promise<Turn> {
    const begun = performance.now();
    await this.#reopenIfReadOnly();
    for (;;) {
      try {
        this.#writer.exec('BEGIN IMMEDIATE');
        this.#moveLogWhenIdle();
        return new SqliteTurn(this.#writer, this.#file);
      } catch (error) {
        this.#writer.rollBack();
        this.#isReadOnly = isReadOnly(error);
        this.#checkPlace();
        if (!isBusy(error) || performance.now() - begun > TURN_TIMEOUT_MS) throw error;
        await pause(TURN_POLL_MS);
      }
    }
  }

  /** A turn that is taken and committed empty: it is written to the disk, and records nothing. */
  async checkWritable(thorough: boolean): Promise<void> {
    this.#checkPlace();
    this.#file.checkRoom();
    // A turn is open: whether the disk takes it will be known in a moment.
    if (this.#writer.isInTransaction) return;
    await this.#reopenIfReadOnly();
    if (this.#writer.isInTransaction) return;
    for (const table of APPEND_ONLY) this.#writer.all(`SELECT 1 FROM ${table} LIMIT 0`);
    try {
      this.#inTurn(this.#writer);
      // One page was written so. A change writes more, and the last one found no room for them.
      if (thorough) this.#writer.tryToWrite(LIKE_CHANGES);
    } catch (error) {
      this.#isReadOnly = isReadOnly(error);
      // Another process writes.
      if (thorough || !isBusy(error)) throw error;
    }
  }

  /** A turn has no round trips to save here. */
  quickTurn(): undefined {
    return undefined;
  }

  /**
   * Fills an empty ledger with the dummy shop.
   *
   * @returns false where it holds records already, and is left as it is
   */
  seedDummyShop(): boolean {
    return this.#writer.transaction('IMMEDIATE', () => {
      if (selectFrom(this.#writer, 1, 1).length > 0) return false;
      takeHead(this.#writer);
      for (const sql of dummyShop('sqlite')) this.#writer.exec(sql);
      return true;
    });
  }

  /**
   * Not through the writer's connection: it would become a part of the turn that may be open there. It is a turn all the
   * same, so that the file says as of when it is.
   */
  #append(work: (database: Database) => void): void {
    this.#checkPlace();
    this.#inTurn(this.#reader, work);
  }

  #inTurn(database: Database, work: (database: Database) => void = () => {}): void {
    const committed = database.transaction('IMMEDIATE', () => {
      const turn = takeHead(database);
      this.#file.check(turn);
      work(database);
      return turn;
    });
    this.#file.onCommitted(committed);
  }

  /** @throws StoreUnusable where what is written would be lost. Of what was, as much as can be is in the file then. */
  #checkPlace(): void {
    try {
      this.#file.check();
    } catch (error) {
      if (!this.#writer.isInTransaction) this.#moveLogIntoFile();
      throw error;
    }
  }

  /** A file that was read-only when it was opened stays so for the process: all of its connections share the `-shm`. */
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

  /** Leaves all in the one file, so that a copy of it alone is whole. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#scans.close();
    this.#moveLogIntoFile();
    // SQLite copies the log into the file as it closes it. It is not for the file that was copied over ours.
    if (this.#file.isOverwritten) return;
    this.#reader.close();
    this.#writer.close();
    this.#file.close();
  }

  /** Once nothing has been recorded for a while: a copy of the file alone lacks little then. */
  #moveLogWhenIdle(): void {
    if (this.#idle) {
      this.#idle.refresh();
      return;
    }
    this.#idle = setTimeout(() => {
      // What is recorded now begins the time anew.
      if (!this.#writer.isInTransaction) this.#moveLogIntoFile();
    }, IDLE_MS).unref();
  }

  #moveLogIntoFile(): void {
    try {
      this.#file.checkFile();
      this.#writer.moveLogIntoFile();
      // From now on nothing older is right.
      this.#file.checkFile();
    } catch {
      // The log is as durable as the file. Whoever opens it next goes on with it.
    }
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof StoreUnusable && error.reason === 'read-only';
}
