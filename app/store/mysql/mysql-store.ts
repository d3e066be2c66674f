import mysql, { type Connection, type Pool, type PoolConnection } from 'mysql2';
import type { QuickTurn, Turn } from '../../ledger/store';
import type { Asking } from '../asking';
import { type AnswerOf, type Asked, answering, type Question } from '../questions';
import { SqlStore } from '../sql-store';
import type { Insertion } from '../table-codec';
import {
  answer,
  connect,
  connectionOptions,
  type MysqlAddress,
  query,
  sessionSetup,
  unreachable,
} from './connection';
import { MYSQL } from './dialect';
import { isNoTable } from './migrate';
import { bringForward, type Migrator } from './migrator';
import { MysqlQuickTurn } from './quick-turn';
import { insert } from './statements';
import { MysqlTurn } from './turn';
import { Turns } from './turns';
import { checkWritable } from './writable';

/** Reads at the same time: at most one catch-up, and a few questions about sales. */
const READ_CONNECTIONS = 4;

/** Reads that may wait for a connection. If more wait, the service is overloaded. */
const READ_QUEUE_LIMIT = 256;

/**
 * The writer's session. Its first statement opens a transaction. A process that froze within its turn loses it after
 * `wait_timeout` seconds of silence; a working one is never silent for so long. Waiting for the turn fails after two
 * seconds, and is tried again.
 */
const WRITER_SESSION = ', autocommit = 0, wait_timeout = 3, innodb_lock_wait_timeout = 2';

/** A quick turn sends its statements together. No other session may send more than one at a time. */
const WRITER_OPTIONS = { multipleStatements: true };

/**
 * The ledger in MySQL 5.7 or later, or MariaDB: one connection that writes and a few that read. They are opened when they
 * are needed, and again after they were lost.
 */
export class MysqlStore extends SqlStore {
  /** Half of the connections: catch-ups, look-ups and the check of readiness have the others. */
  readonly longQuestionsAtOnce = READ_CONNECTIONS / 2;
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
    super(MYSQL);
    this.#address = address;
    this.#migrator = migrator;
    this.#pool = mysql.createPool({
      ...connectionOptions(address),
      connectionLimit: READ_CONNECTIONS,
      queueLimit: READ_QUEUE_LIMIT,
    });
  }

  ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<AnswerOf<Q>> {
    return this.run(answering(MYSQL, question, asked));
  }

  run<T>(asking: Asking<T>): Promise<T> {
    return this.#read((connection) => answer(connection, asking));
  }

  /** One statement, so that all rows are inserted or none. A duplicate key is StoreUnavailable. */
  protected async append<E>(into: Insertion<E>, entries: readonly E[]): Promise<void> {
    if (entries.length === 0) return;
    const { sql, values } = insert({ into: into as Insertion<unknown>, entries });
    await this.#read((connection) => query(connection, sql, values));
  }

  async takeTurn(): Promise<Turn> {
    await this.#schemaReady();
    try {
      this.#writer ??= await this.#connectWriter();
      const connection = this.#writer;
      return await MysqlTurn.take(connection, this.#turns, () => this.#dropWriter(connection));
    } catch (error) {
      throw this.#forgetMissingSchema(error);
    }
  }

  quickTurn(): QuickTurn | undefined {
    const connection = this.#writer;
    const { next } = this.#turns;
    if (!connection || next === undefined) return undefined;
    return new MysqlQuickTurn(connection, next, this.#turns, () => this.#dropWriter(connection));
  }

  async clock(): Promise<Date> {
    const [row] = await this.#read((connection) =>
      query<{ now: Date }[]>(connection, 'SELECT UTC_TIMESTAMP(3) AS now'),
    );
    return (row as { now: Date }).now;
  }

  checkWritable(thorough: boolean): Promise<void> {
    return this.#read((connection) => checkWritable(connection, this.#address.database, thorough));
  }

  async close(): Promise<void> {
    this.#writer?.destroy();
    this.#writer = undefined;
    await new Promise<void>((resolve) => this.#pool.end(() => resolve()));
  }

  async #connectWriter(): Promise<Connection> {
    const setup = sessionSetup(WRITER_SESSION);
    const connection = await connect(this.#address, setup, WRITER_OPTIONS);
    // The server has ended an idle session. The outcome of a quick turn on it would be unknown for no reason.
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
      // Its answer may still come, or its transaction may still be open: nobody else may use it.
      connection.destroy();
      throw this.#forgetMissingSchema(error);
    }
  }

  /** Sets up a new session. Each statement has its own time limit. */
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

  /** Brings the schema forward once. After a failure the next caller tries again. */
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

  /** If a table is missing the schema is made again before the next use: somebody may be restoring a backup. */
  #forgetMissingSchema(error: unknown): unknown {
    if (isNoTable(error)) this.#schema = undefined;
    return error;
  }
}
