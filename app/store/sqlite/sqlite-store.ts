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
import type {
  Audit,
  Explanation,
  HistoryQuery,
  Journals,
  LedgerStore,
  ResolvedAlertsQuery,
  Turn,
  Verification,
} from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import { dummyShop } from '../schema';
import {
  insertCheckpoint,
  insertDeliverySteps,
  selectAlertLife,
  selectDeliveries,
  selectLatestCheckpoint,
} from './alerts';
import { insertVerification, selectAudit, selectLatestVerification } from './audit';
import { Database, isBusy } from './database';
import { selectLastRecordAt, selectRequests } from './questions';
import { ScanThreads } from './scan-threads';
import { migrate } from './schema';
import { journals, selectFrom } from './select';
import { SqliteTurn } from './turn';

/** How long the turn is waited for, before it is tried anew like any other failure. */
const TURN_TIMEOUT_MS = 2_000;

/** How often a taken lock is asked for: another process's turn lasts about as long as one fsync. */
const TURN_POLL_MS = 1;

/** The ledger in one SQLite file, beside which it keeps its write-ahead log. */
export class SqliteStore implements LedgerStore {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #writer: Database;
  /** A connection of its own: the writer's would see what is not yet committed. For what is a few rows by a key. */
  readonly #reader: Database;
  /** For all that may be more. */
  readonly #scans: ScanThreads;

  /** Opens the file, made if it is not there, and brings its schema forward. */
  constructor(file: string) {
    this.#writer = new Database(file);
    migrate(this.#writer);
    this.#reader = new Database(file);
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

  latestAsOf(record: number, after: number, limit: number): Promise<LedgerRecord[]> {
    return this.#scans.ask('latestAsOf', record, after, limit);
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

  /** Not through the writer's connection: it would become a part of the turn that may be open there. */
  async appendVerification(verification: Verification): Promise<void> {
    insertVerification(this.#reader, verification);
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
    insertDeliverySteps(this.#reader, steps);
  }

  async appendCheckpoint(record: number, at: Date): Promise<void> {
    insertCheckpoint(this.#reader, record, at);
  }

  async latestCheckpoint(): Promise<number | undefined> {
    return selectLatestCheckpoint(this.#reader);
  }

  async takeTurn(): Promise<Turn> {
    const begun = performance.now();
    for (;;) {
      try {
        this.#writer.exec('BEGIN IMMEDIATE');
        return new SqliteTurn(this.#writer);
      } catch (error) {
        this.#writer.rollBack();
        if (!isBusy(error) || performance.now() - begun > TURN_TIMEOUT_MS) throw error;
        await pause(TURN_POLL_MS);
      }
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
      for (const sql of dummyShop('sqlite')) this.#writer.exec(sql);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.#scans.close();
    this.#writer.close();
    this.#reader.close();
  }
}
