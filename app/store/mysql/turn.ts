import type { Connection, ResultSetHeader } from 'mysql2';
import { StoreUnusable } from '../../ledger/store-failure';
import type { Asking } from '../asking';
import { requireHead } from '../head';
import { SqlTurn } from '../sql-turn';
import { answer, query } from './connection';
import { MYSQL } from './dialect';
import { commitError } from './errors';
import { COMMIT, TAKE_TURN } from './statements';
import type { Turns } from './turns';

/**
 * How often a turn sends something: the server ends its session after three seconds of silence (`wait_timeout`), and a
 * decision on a large file, while others are served, may take longer.
 */
const ALIVE_MS = 1_000;

/** A transaction that holds the row of `ledger_head`. Its session has autocommit off. */
export class MysqlTurn extends SqlTurn {
  readonly #connection: Connection;
  readonly #number: number;
  readonly #turns: Turns;
  readonly #drop: () => void;
  readonly #alive: NodeJS.Timeout;
  #ended = false;

  private constructor(connection: Connection, number: number, turns: Turns, drop: () => void) {
    super(MYSQL);
    this.#connection = connection;
    this.#number = number;
    this.#turns = turns;
    this.#drop = drop;
    // If that fails, the next statement fails too.
    const sayAlive = () => void query(connection, 'DO 0').catch(() => {});
    this.#alive = setInterval(sayAlive, ALIVE_MS).unref();
  }

  /**
   * Opens the transaction with a write to `ledger_head`.
   *
   * @param drop gives the connection up: after an error its next answer may be to an earlier statement
   */
  static async take(connection: Connection, turns: Turns, drop: () => void): Promise<MysqlTurn> {
    try {
      const { affectedRows, insertId } = await query<ResultSetHeader>(connection, TAKE_TURN.sql);
      requireHead(affectedRows);
      turns.taken(insertId);
      return new MysqlTurn(connection, insertId, turns, drop);
    } catch (error) {
      drop();
      throw error;
    }
  }

  async run<T>(asking: Asking<T>): Promise<T> {
    try {
      return await answer(this.#connection, asking);
    } catch (error) {
      // A session does not notice when its account may write again.
      if (error instanceof StoreUnusable && error.reason === 'no-rights') this.#drop();
      throw error;
    }
  }

  async commit(): Promise<void> {
    clearInterval(this.#alive);
    await query(this.#connection, COMMIT.sql).catch((error) => {
      throw commitError(error);
    });
    this.#ended = true;
    this.#turns.committed(this.#number);
  }

  async abandon(): Promise<void> {
    clearInterval(this.#alive);
    if (this.#ended) return;
    this.#ended = true;
    try {
      await query(this.#connection, 'ROLLBACK');
    } catch {
      this.#drop();
    }
  }
}
