import type { Connection } from 'mysql2';
import type { LedgerRecord } from '../../ledger/record';
import type { QuickTurn } from '../../ledger/store';
import type { TurnEntries } from '../../ledger/write/turn-entries';
import type { Statement } from '../asking';
import { appending } from '../sql-turn';
import { query, queryTogether } from './connection';
import { MYSQL } from './dialect';
import { commitError } from './errors';
import { COMMIT, TAKE_TURN } from './statements';
import type { Turns } from './turns';

/** All statements of a turn in one packet. One fails on purpose if the ledger has changed. */
export class MysqlQuickTurn implements QuickTurn {
  readonly #connection: Connection;
  readonly #number: number;
  readonly #turns: Turns;
  readonly #drop: () => void;

  /**
   * @param connection a session with autocommit off, that may send statements together
   * @param number the number that the turn will have
   * @param drop gives the connection up
   */
  constructor(connection: Connection, number: number, turns: Turns, drop: () => void) {
    this.#connection = connection;
    this.#number = number;
    this.#turns = turns;
    this.#drop = drop;
  }

  async write(last: LedgerRecord, entries: TurnEntries): Promise<boolean> {
    const inserts = appending(MYSQL, entries);
    const statements = [TAKE_TURN, unlessMoved(this.#number, last), ...inserts, COMMIT];
    // It counts as missed until it is known to be committed.
    this.#turns.missed();
    try {
      const outcome = await queryTogether(this.#connection, statements);
      if (outcome.done) {
        this.#turns.taken(this.#number);
        this.#turns.committed(this.#number);
        return true;
      }
      // Only after a refused COMMIT may something have been recorded.
      if (outcome.refused === statements.length - 1) throw commitError(outcome.error);
    } catch (error) {
      this.#drop();
      throw error;
    }
    try {
      await query(this.#connection, 'ROLLBACK');
    } catch {
      this.#drop();
    }
    return false;
  }
}

/**
 * Fails if the turn has another number, or the ledger another end. It finds two rows then, and error 1172
 * (ER_TOO_MANY_ROWS) refuses to put two rows into one variable. As `SET @moved = (SELECT …)` it would wait for locks,
 * such as those of somebody's open transaction. Only a plain SELECT is a consistent read
 * (https://dev.mysql.com/doc/refman/8.4/en/innodb-consistent-read.html).
 */
function unlessMoved(turn: number, last: LedgerRecord): Statement {
  return {
    sql: `SELECT 1
      FROM (SELECT 1 UNION ALL SELECT 1) two_rows
      WHERE NOT EXISTS (
        SELECT 1
        FROM ledger_head
          JOIN inventory known ON known.record = ?
          LEFT JOIN inventory newer ON newer.record > known.record
        WHERE ledger_head.id = 1 AND ledger_head.turnsTaken = ?
          AND known.batch <=> ? AND known.productID = ? AND known.availableQuantity = ?
          AND newer.record IS NULL
      )
      INTO @moved`,
    values: [last.record, turn, last.turnMark, last.productID, last.availableQuantity],
  };
}
