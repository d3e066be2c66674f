import type { Connection } from 'mysql2';
import type { Appendix } from '../../ledger/draft';
import type { LedgerRecord } from '../../ledger/record';
import type { QuickTurn } from '../../ledger/store';
import { query, queryTogether, type Statement } from './connection';
import { appending, COMMIT, TAKE_TURN } from './statements';

/**
 * What this process knows of the turns that were taken. The number in `ledger_head` is a fencing token:
 * a packet that was lost on its way, and arrives after somebody else's turn, is refused by it.
 */
export class Turns {
  #last: number | undefined;
  #uncontended = false;

  /** The next turn's number, if this process took the last two: another's would be likely to come between. */
  get next(): number | undefined {
    return this.#uncontended && this.#last !== undefined ? this.#last + 1 : undefined;
  }

  /** This process holds a turn. */
  taken(number: number): void {
    this.#uncontended = this.#last !== undefined && number === this.#last + 1;
  }

  /** A turn of this process's is over, and counts. */
  committed(number: number): void {
    this.#last = number;
  }

  /** A turn was not what it was thought to be, or nobody knows what became of it. */
  missed(): void {
    this.#uncontended = false;
  }
}

/** The statements of a turn in one packet, with one among them that fails where the ledger is not as expected. */
export class MysqlQuickTurn implements QuickTurn {
  readonly #connection: Connection;
  readonly #number: number;
  readonly #turns: Turns;
  readonly #drop: () => void;

  /**
   * @param connection a session with autocommit off, that may send statements together
   * @param number what the turn's number is to be
   * @param drop gives the connection up
   */
  constructor(connection: Connection, number: number, turns: Turns, drop: () => void) {
    this.#connection = connection;
    this.#number = number;
    this.#turns = turns;
    this.#drop = drop;
  }

  async append(last: LedgerRecord, appendix: Appendix): Promise<boolean> {
    this.#turns.missed();
    try {
      const outcome = await queryTogether(this.#connection, [
        TAKE_TURN,
        unlessMoved(this.#number, last),
        ...appending(appendix),
        COMMIT,
      ]);
      if (outcome.done) {
        this.#turns.taken(this.#number);
        this.#turns.committed(this.#number);
        return true;
      }
      if (outcome.refused === COMMIT) throw outcome.error;
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
 * Fails, with error 1242 (ER_SUBQUERY_NO_1_ROW), unless the turn has that number and the ledger ends with
 * that record: its subquery finds two rows then, and none otherwise.
 */
function unlessMoved(turn: number, last: LedgerRecord): Statement {
  return {
    sql: `SET @moved = (
      SELECT 1
      FROM (SELECT 1 UNION ALL SELECT 1) two_rows
      WHERE NOT EXISTS (
        SELECT 1
        FROM ledger_head
          JOIN inventory known ON known.record = ?
          LEFT JOIN inventory newer ON newer.record > known.record
        WHERE ledger_head.id = 1 AND ledger_head.turn = ?
          AND known.batch <=> ? AND known.productID = ? AND known.availableQuantity = ?
          AND newer.record IS NULL
      )
    )`,
    values: [last.record, turn, last.batch, last.productID, last.availableQuantity],
  };
}
