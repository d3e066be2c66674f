import type { Appendix } from '../../ledger/draft';
import type { Statement } from './connection';
import { toDecimal } from './decimal';
import {
  ALERT_COLUMNS,
  alertValues,
  DELIVERY_COLUMNS,
  deliveryValues,
  RECORD_COLUMNS,
  REQUEST_COLUMNS,
  REVISION_COLUMNS,
  recordValues,
  requestValues,
  revisionValues,
} from './rows';

/** Rows in one INSERT: with the longest texts they stay below `max_allowed_packet`, 4 MiB by default. More are not quicker, and hold more memory. */
const INSERT_ROWS = 500;
/** Of the catalogue, whose URLs are the longest texts of all. */
const INSERT_REVISIONS = 250;

/**
 * The first statement of a turn: a write to `ledger_head`. Everything read after it is as of the turn;
 * being a write, it fences on clusters that only certify writes too. Its `insertId` is the turn's number.
 */
export const TAKE_TURN: Statement = {
  sql: 'UPDATE ledger_head SET turn = LAST_INSERT_ID(turn + 1) WHERE id = 1',
};

/** The last statement of a turn. */
export const COMMIT: Statement = { sql: 'COMMIT' };

/**
 * What appends an appendix, few rows a statement; each is made when it is asked for, since a file has many.
 * Requests come first: where the key of one has run before, that ends a turn before its records have taken
 * numbers, which a rollback would not give back to the next INSERT by hand
 * (https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html).
 */
export function* appending(appendix: Appendix): Generator<Statement> {
  const { records, sales, revisions, requests, alerts, deliveries } = appendix;
  yield* inserts(`INSERT INTO requests (${REQUEST_COLUMNS}) VALUES ?`, requests, requestValues);
  yield* inserts(`INSERT INTO inventory (${RECORD_COLUMNS}) VALUES ?`, records, recordValues);
  yield* inserts(
    `INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue) VALUES ?
     ON DUPLICATE KEY UPDATE
       unitsSold = unitsSold + VALUES(unitsSold),
       unitsPriced = unitsPriced + VALUES(unitsPriced),
       revenue = revenue + VALUES(revenue)`,
    sales,
    ({ day, productID, unitsSold, unitsPriced, revenue }) => [
      day,
      productID,
      unitsSold,
      unitsPriced,
      toDecimal(revenue),
    ],
  );
  yield* inserts(
    `INSERT INTO products (${REVISION_COLUMNS}) VALUES ?`,
    revisions,
    revisionValues,
    INSERT_REVISIONS,
  );
  yield* inserts(`INSERT INTO alerts (${ALERT_COLUMNS}) VALUES ?`, alerts, alertValues);
  yield* inserts(
    `INSERT INTO alert_deliveries (${DELIVERY_COLUMNS}) VALUES ?`,
    deliveries,
    deliveryValues,
  );
}

function* inserts<T>(
  sql: string,
  entries: readonly T[],
  values: (entry: T) => unknown[],
  atOnce = INSERT_ROWS,
): Generator<Statement> {
  for (let done = 0; done < entries.length; done += atOnce) {
    yield { sql, values: [entries.slice(done, done + atOnce).map(values)] };
  }
}
