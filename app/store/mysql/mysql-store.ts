import mysql, { type Connection, type Pool, type PoolConnection } from 'mysql2';
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
  PastStock,
  QuickTurn,
  ResolvedAlertsQuery,
  Turn,
  Verification,
} from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import {
  countDeadLetters,
  insertCheckpoint,
  insertDeliverySteps,
  selectAlertLife,
  selectDeliveries,
  selectDeliveriesOf,
  selectLatestCheckpoint,
  selectResolvedAlerts,
  selectUnfinishedDeliveries,
} from './alerts';
import { insertVerification, selectAudit, selectLatestVerification } from './audit';
import {
  connect,
  connectionOptions,
  type MysqlAddress,
  query,
  sessionSetup,
  unreachable,
} from './connection';
import { bringForward, type Migrator } from './migrator';
import {
  selectDailySales,
  selectExplanation,
  selectHistory,
  selectLastRecordAt,
  selectRequests,
  selectSalesByDay,
  selectTopSellers,
  selectUnitsSold,
} from './questions';
import { MysqlQuickTurn } from './quick-turn';
import { isNoTable } from './schema';
import { selectLatestAsOf, settledJournals } from './select';
import { MysqlTurn } from './turn';
import { Turns } from './turns';
import { checkWritable } from './writable';

/** Reads beside each other: one catch-up at most, and a few questions about sales. */
const READ_CONNECTIONS = 4;

/** Reads that may wait for a connection; beyond them the service is overloaded. */
const READ_QUEUE_LIMIT = 256;

/**
 * The writer's session: the first statement opens a transaction; a process that froze within its turn
 * loses it after `wait_timeout` seconds of silence, of which the turn of a working one has none; who waits for the
 * turn tries anew after two.
 */
const WRITER_SESSION = ', autocommit = 0, wait_timeout = 3, innodb_lock_wait_timeout = 2';

/** A quick turn's statements go together. No other session may send more than one. */
const WRITER_OPTIONS = { multipleStatements: true };

/** The ledger in MySQL 5.7 or later, or MariaDB. Connections are made when needed, and again when lost. */
export class MysqlStore implements LedgerStore {
  /** Half of the connections: catch-ups, look-ups and the check of readiness have the others. */
  readonly longQuestionsAtOnce = READ_CONNECTIONS / 2;
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #address: MysqlAddress;
  readonly #migrator: Migrator | undefined;
  readonly #pool: Pool;
  /** The pool's connections whose session is set up. */
  readonly #prepared = new WeakSet<Connection>();
  #writer: Connection | undefined;
  readonly #turns = new Turns();
  #schema: Promise<void> | undefined;

  /** @param migrator changes the schema; without it the account of `address` does */
  constructor(address: MysqlAddress, migrator?: Migrator) {
    const { records, revisions, alerts } = settledJournals((work) => this.#read(work));
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
    this.#address = address;
    this.#migrator = migrator;
    this.#pool = mysql.createPool({
      ...connectionOptions(address),
      connectionLimit: READ_CONNECTIONS,
      queueLimit: READ_QUEUE_LIMIT,
    });
  }

  async clock(): Promise<Date> {
    const [row] = await this.#read((connection) =>
      query<{ now: Date }[]>(connection, 'SELECT UTC_TIMESTAMP(3) AS now'),
    );
    return (row as { now: Date }).now;
  }

  async request(key: string): Promise<StoredRequest | undefined> {
    const [request] = await this.#read((connection) => selectRequests(connection, [key]));
    return request;
  }

  async latestAsOf(record: number, after: number, limit: number): Promise<PastStock> {
    const records = await this.#read((connection) =>
      selectLatestAsOf(connection, record, after, limit),
    );
    return { records, next: records.length < limit ? undefined : records.at(-1)?.productID };
  }

  lastRecordAt(time: Date): Promise<number> {
    return this.#read((connection) => selectLastRecordAt(connection, time));
  }

  history(wanted: HistoryQuery): Promise<LedgerRecord[]> {
    return this.#read((connection) => selectHistory(connection, wanted));
  }

  explain(productID: number, asOf: number): Promise<Explanation> {
    return this.#read((connection) => selectExplanation(connection, productID, asOf));
  }

  topSellers(wanted: TopSellersQuery): Promise<AsOf<Seller>> {
    return this.#read((connection) => selectTopSellers(connection, wanted));
  }

  unitsSold(day: string): Promise<UnitsSold> {
    return this.#read((connection) => selectUnitsSold(connection, day));
  }

  salesByDay(wanted: SalesByDayQuery): Promise<AsOf<DaySales>> {
    return this.#read((connection) => selectSalesByDay(connection, wanted));
  }

  dailySales(wanted: DailySalesQuery): Promise<DailySales[]> {
    return this.#read((connection) => selectDailySales(connection, wanted));
  }

  audit(): Promise<Audit> {
    return this.#read(selectAudit);
  }

  appendVerification(verification: Verification): Promise<void> {
    return this.#read((connection) => insertVerification(connection, verification));
  }

  latestVerification(): Promise<Verification | undefined> {
    return this.#read(selectLatestVerification);
  }

  alertLife(alertID: number): Promise<AlertEvent[]> {
    return this.#read((connection) => selectAlertLife(connection, alertID));
  }

  resolvedAlerts(wanted: ResolvedAlertsQuery): Promise<AlertEvent[]> {
    return this.#read((connection) => selectResolvedAlerts(connection, wanted));
  }

  deliveries(names: readonly DeliveryName[]): Promise<DeliveryStep[]> {
    return this.#read((connection) => selectDeliveries(connection, names));
  }

  deliveriesOf(alertIDs: readonly number[]): Promise<DeliveryStep[]> {
    return this.#read((connection) => selectDeliveriesOf(connection, alertIDs));
  }

  unfinishedDeliveries(afterEvent: number, limit: number): Promise<DeliveryStep[]> {
    return this.#read((connection) => selectUnfinishedDeliveries(connection, afterEvent, limit));
  }

  deadLetters(): Promise<number> {
    return this.#read(countDeadLetters);
  }

  appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void> {
    return this.#read((connection) => insertDeliverySteps(connection, steps));
  }

  appendCheckpoint(record: number, at: Date): Promise<void> {
    return this.#read((connection) => insertCheckpoint(connection, record, at));
  }

  latestCheckpoint(): Promise<number | undefined> {
    return this.#read(selectLatestCheckpoint);
  }

  async takeTurn(): Promise<Turn> {
    await this.#schemaReady();
    try {
      this.#writer ??= await this.#connectWriter();
      const connection = this.#writer;
      return await MysqlTurn.take(connection, this.#turns, () => this.#dropWriter(connection));
    } catch (error) {
      throw this.#withoutSchema(error);
    }
  }

  checkWritable(thorough: boolean): Promise<void> {
    return this.#read((connection) => checkWritable(connection, this.#address.database, thorough));
  }

  quickTurn(): QuickTurn | undefined {
    const connection = this.#writer;
    const { next } = this.#turns;
    if (!connection || next === undefined) return undefined;
    return new MysqlQuickTurn(connection, next, this.#turns, () => this.#dropWriter(connection));
  }

  async close(): Promise<void> {
    this.#writer?.destroy();
    this.#writer = undefined;
    await new Promise<void>((resolve) => this.#pool.end(() => resolve()));
  }

  async #connectWriter(): Promise<Connection> {
    const setup = sessionSetup(WRITER_SESSION);
    const connection = await connect(this.#address, setup, WRITER_OPTIONS);
    // The server has ended an idle session: a quick turn on it would be in doubt for nothing.
    connection.on('error', () => this.#dropWriter(connection));
    return connection;
  }

  #dropWriter(connection: Connection): void {
    connection.destroy();
    if (this.#writer === connection) this.#writer = undefined;
  }

  async #read<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    await this.#schemaReady();
    return this.#pooled(work);
  }

  async #pooled<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.#acquire();
    try {
      await this.#prepare(connection);
      const answer = await work(connection);
      connection.release();
      return answer;
    } catch (error) {
      // Its answer may still come, or its transaction still be open: nobody else may have it.
      connection.destroy();
      throw this.#withoutSchema(error);
    }
  }

  /** Sets a new session up, each statement within its own bound in time. */
  async #prepare(connection: Connection): Promise<void> {
    if (this.#prepared.has(connection)) return;
    for (const sql of sessionSetup()) await query(connection, sql);
    this.#prepared.add(connection);
  }

  #acquire(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      this.#pool.getConnection((error, connection) => {
        if (error) reject(unreachable(error));
        else resolve(connection);
      });
    });
  }

  /** Brings the schema forward once; after a failure the next caller tries again. */
  #schemaReady(): Promise<void> {
    if (!this.#schema) {
      const migration = this.#pooled((connection) =>
        bringForward(connection, this.#address, this.#migrator),
      );
      this.#schema = migration;
      migration.catch(() => {
        if (this.#schema === migration) this.#schema = undefined;
      });
    }
    return this.#schema;
  }

  /** A schema that has gone is made again before the next use: somebody may be restoring a backup. */
  #withoutSchema(error: unknown): unknown {
    if (isNoTable(error)) this.#schema = undefined;
    return error;
  }
}
