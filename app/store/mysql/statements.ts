import type { Statement, Statements } from '../asking';
import type { Rows } from '../table-codec';

/** Rows in one INSERT: with the longest texts they stay below `max_allowed_packet`, 4 MiB by default. More rows are not faster, and take more memory. */
const INSERT_ROWS = 500;
/** Products in one INSERT: their URLs are the longest texts of all. */
const INSERT_PRODUCTS = 250;

/**
 * The first statement of a turn, a write to `ledger_head`. Everything that is read after it is as of the turn. Clusters
 * that check only writes for conflicts notice it too. Its `insertId` is the turn's number.
 */
export const TAKE_TURN: Statement = {
  sql: 'UPDATE ledger_head SET turnsTaken = LAST_INSERT_ID(turnsTaken + 1) WHERE id = 1',
};

/** The last statement of a turn. */
export const COMMIT: Statement = { sql: 'COMMIT' };

/** Each statement is made when it is asked for, since a file may have many. */
export function* inserting({ into, entries }: Rows): Statements {
  const atOnce = into.table === 'products' ? INSERT_PRODUCTS : INSERT_ROWS;
  for (let done = 0; done < entries.length; done += atOnce) {
    yield insert({ into, entries: entries.slice(done, done + atOnce) });
  }
}

/** Inserts rows in one statement: all or none of them. */
export function insert({ into, entries }: Rows): Statement {
  return {
    sql: `INSERT INTO ${into.table} (${into.columns}) VALUES ? ${into.onDuplicate}`,
    values: [entries.map((entry) => into.values(entry))],
  };
}
