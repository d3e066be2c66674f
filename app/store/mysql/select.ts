import type { Connection } from 'mysql2';
import type { AlertEvent } from '../../ledger/alert';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';
import type { Journals } from '../../ledger/store';
import { query } from './connection';
import {
  ALERT_COLUMNS,
  type AlertRow,
  RECORD_COLUMNS,
  REVISION_COLUMNS,
  type RecordRow,
  type RevisionRow,
  safeInteger,
  toAlert,
  toRecord,
  toRevision,
} from './rows';

/** Products whose latest entries are read at a time: the driver makes so many rows within a few milliseconds. */
const LOAD_PAGE = 500;

/** For as of now. */
const EVERY = Number.MAX_SAFE_INTEGER;

/** The append-only tables, read on a connection that holds the turn. */
export function journals(connection: Connection): Journals {
  return {
    records: {
      load: () => byProduct((after) => selectLatestAsOf(connection, EVERY, after, LOAD_PAGE)),
      from: (record, limit) => selectFrom(connection, record, limit),
    },
    revisions: {
      load: () => byProduct((after) => selectLatestRevisions(connection, EVERY, after, LOAD_PAGE)),
      from: (revision, limit) => selectRevisionsFrom(connection, revision, limit),
    },
    alerts: {
      load: () => byProduct((after) => selectLatestAlerts(connection, EVERY, after, LOAD_PAGE)),
      from: (event, limit) => selectAlertsFrom(connection, event, limit),
    },
  };
}

/** Runs a reading on some connection, which nobody else has meanwhile. */
export type Run = <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;

/**
 * The append-only tables, read beside turns. A row inserted by hand takes a number beyond those of
 * a turn that lasts, and may be committed before them. So nothing counts as read while a turn may still
 * bring a lower number: what leaves a gap is read again once that turn is over. Two transactions by hand
 * that overlap can hide one another all the same: db/README.md tells people to insert one row at a time.
 */
export function settledJournals(run: Run): Journals {
  return {
    records: {
      load: () =>
        settled(run, 'SELECT MAX(record) AS last FROM inventory', (connection, last, after) =>
          selectLatestAsOf(connection, last, after, LOAD_PAGE),
        ),
      from: (record, limit) =>
        run((connection) =>
          withoutGaps(
            connection,
            record,
            (entry) => entry.record,
            () => selectFrom(connection, record, limit),
          ),
        ),
    },
    revisions: {
      load: () =>
        settled(run, 'SELECT MAX(revision) AS last FROM products', (connection, last, after) =>
          selectLatestRevisions(connection, last, after, LOAD_PAGE),
        ),
      from: (revision, limit) =>
        run((connection) =>
          withoutGaps(
            connection,
            revision,
            (entry) => entry.revision,
            () => selectRevisionsFrom(connection, revision, limit),
          ),
        ),
    },
    // Nobody inserts these by hand: they are as the turns left them.
    alerts: {
      load: () =>
        upTo(
          run,
          (connection) => selectLast(connection, 'SELECT MAX(event) AS last FROM alerts'),
          (connection, last, after) => selectLatestAlerts(connection, last, after, LOAD_PAGE),
        ),
      from: (event, limit) => run((connection) => selectAlertsFrom(connection, event, limit)),
    },
  };
}

type ReadPage<E> = (connection: Connection, last: number, after: number) => Promise<E[]>;

/** Pages of the latest entries, up to the last that was there before, once nothing below it can come any more. */
function settled<E extends { readonly productID: number }>(
  run: Run,
  sql: string,
  read: ReadPage<E>,
): AsyncGenerator<readonly E[]> {
  const settledLast = async (connection: Connection) => {
    const last = await selectLast(connection, sql);
    await turnOver(connection);
    return last;
  };
  return upTo(run, settledLast, read);
}

/**
 * Pages of the latest entries, up to the last: nothing up to it ever changes, so that the pages agree without a
 * transaction over all of them, and each may have another connection.
 */
async function* upTo<E extends { readonly productID: number }>(
  run: Run,
  selectEnd: (connection: Connection) => Promise<number>,
  read: ReadPage<E>,
): AsyncGenerator<readonly E[]> {
  const last = await run(selectEnd);
  yield* byProduct((after) => run((connection) => read(connection, last, after)));
}

async function* byProduct<E extends { readonly productID: number }>(
  read: (after: number) => Promise<E[]>,
): AsyncGenerator<readonly E[]> {
  for (let after = 0; ; ) {
    const page = await read(after);
    yield page;
    const end = page.at(-1);
    if (page.length < LOAD_PAGE || !end) return;
    after = end.productID;
  }
}

/** Reads again after the turn, up to what was seen before it, where numbers were missing. */
async function withoutGaps<E>(
  connection: Connection,
  first: number,
  position: (entry: E) => number,
  read: () => Promise<E[]>,
): Promise<E[]> {
  const entries = await read();
  const [begin, end] = [entries.at(0), entries.at(-1)];
  if (begin === undefined || end === undefined) return entries;
  const last = position(end);
  if (last - Math.max(first, 1) === entries.length - 1) return entries;
  await turnOver(connection);
  return (await read()).filter((entry) => position(entry) <= last);
}

/** The number of the last entry that is committed, or 0; lower ones may still come. */
async function selectLast(connection: Connection, sql: string): Promise<number> {
  const [row] = await query<{ last: number | string | null }[]>(connection, sql);
  return safeInteger(row?.last ?? 0);
}

/** Waits for the turn that lasts now to end. */
async function turnOver(connection: Connection): Promise<void> {
  await query(connection, 'SELECT turn FROM ledger_head WHERE id = 1 LOCK IN SHARE MODE');
}

/**
 * The latest record of each product when the ledger ended with a record, by productID: of the first `limit` products
 * beyond one that have any; fewer are the last there are. It is the plain left join of the table with itself, with the
 * latest record found through the index (productID, record), one seek a product.
 */
export async function selectLatestAsOf(
  connection: Connection,
  asOf: number,
  after: number,
  limit: number,
): Promise<LedgerRecord[]> {
  const sql = latest('inventory', 'record', RECORD_COLUMNS);
  const rows = await query<RecordRow[]>(connection, sql, [after, asOf, limit]);
  return rows.map(toRecord);
}

async function selectLatestRevisions(
  connection: Connection,
  asOf: number,
  after: number,
  limit: number,
): Promise<ProductRevision[]> {
  const sql = latest('products', 'revision', REVISION_COLUMNS);
  const rows = await query<RevisionRow[]>(connection, sql, [after, asOf, limit]);
  return rows.map(toRevision);
}

async function selectLatestAlerts(
  connection: Connection,
  asOf: number,
  after: number,
  limit: number,
): Promise<AlertEvent[]> {
  const sql = latest('alerts', 'event', ALERT_COLUMNS);
  const rows = await query<AlertRow[]>(connection, sql, [after, asOf, limit]);
  return rows.map(toAlert);
}

function latest(table: string, number: string, columns: string): string {
  return `SELECT ${qualified('m1', columns)}
     FROM (
         SELECT productID, MAX(${number}) AS ${number}
         FROM ${table}
         WHERE productID > ? AND ${number} <= ?
         GROUP BY productID
         ORDER BY productID
         LIMIT ?
       ) latest
       LEFT JOIN ${table} m1 ON m1.${number} = latest.${number}
     ORDER BY latest.productID`;
}

/** The records numbered `record` and up, by primary key. */
async function selectFrom(
  connection: Connection,
  record: number,
  limit: number,
): Promise<LedgerRecord[]> {
  const rows = await query<RecordRow[]>(
    connection,
    `SELECT ${RECORD_COLUMNS}
     FROM inventory
     WHERE record >= ?
     ORDER BY record
     LIMIT ?`,
    [record, limit],
  );
  return rows.map(toRecord);
}

async function selectRevisionsFrom(
  connection: Connection,
  revision: number,
  limit: number,
): Promise<ProductRevision[]> {
  const rows = await query<RevisionRow[]>(
    connection,
    `SELECT ${REVISION_COLUMNS}
     FROM products
     WHERE revision >= ?
     ORDER BY revision
     LIMIT ?`,
    [revision, limit],
  );
  return rows.map(toRevision);
}

async function selectAlertsFrom(
  connection: Connection,
  event: number,
  limit: number,
): Promise<AlertEvent[]> {
  const rows = await query<AlertRow[]>(
    connection,
    `SELECT ${ALERT_COLUMNS}
     FROM alerts
     WHERE event >= ?
     ORDER BY event
     LIMIT ?`,
    [event, limit],
  );
  return rows.map(toAlert);
}

export function qualified(table: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
}
