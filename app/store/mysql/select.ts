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

/** The append-only tables, read on a connection that holds the turn. */
export function journals(connection: Connection): Journals {
  return {
    records: {
      load: () => selectLatest(connection),
      from: (record, limit) => selectFrom(connection, record, limit),
    },
    revisions: {
      load: () => selectLatestRevisions(connection, Number.MAX_SAFE_INTEGER),
      from: (revision, limit) => selectRevisionsFrom(connection, revision, limit),
    },
    alerts: {
      load: () => selectLatestAlerts(connection),
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
        run(async (connection) => {
          const last = await selectLast(connection, 'SELECT MAX(record) AS last FROM inventory');
          await turnOver(connection);
          return selectLatestAsOf(connection, last);
        }),
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
        run(async (connection) => {
          const last = await selectLast(connection, 'SELECT MAX(revision) AS last FROM products');
          await turnOver(connection);
          return selectLatestRevisions(connection, last);
        }),
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
      load: () => run(selectLatestAlerts),
      from: (event, limit) => run((connection) => selectAlertsFrom(connection, event, limit)),
    },
  };
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
 * The latest record of each product: the plain left join of the table with itself, with the latest
 * record found through the index (productID, record), one seek a product.
 */
export async function selectLatest(connection: Connection): Promise<LedgerRecord[]> {
  const rows = await query<RecordRow[]>(
    connection,
    `SELECT ${qualified('m1', RECORD_COLUMNS)}
     FROM (SELECT productID, MAX(record) AS record FROM inventory GROUP BY productID) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
  );
  return rows.map(toRecord);
}

/** The same for any past moment, at the same cost. */
export async function selectLatestAsOf(
  connection: Connection,
  asOf: number,
): Promise<LedgerRecord[]> {
  const rows = await query<RecordRow[]>(
    connection,
    `SELECT ${qualified('m1', RECORD_COLUMNS)}
     FROM (
         SELECT productID, MAX(record) AS record
         FROM inventory
         WHERE record <= ?
         GROUP BY productID
       ) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
    [asOf],
  );
  return rows.map(toRecord);
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

async function selectLatestRevisions(
  connection: Connection,
  asOf: number,
): Promise<ProductRevision[]> {
  const rows = await query<RevisionRow[]>(
    connection,
    `SELECT ${qualified('m1', REVISION_COLUMNS)}
     FROM (
         SELECT productID, MAX(revision) AS revision
         FROM products
         WHERE revision <= ?
         GROUP BY productID
       ) latest
       LEFT JOIN products m1 ON m1.revision = latest.revision`,
    [asOf],
  );
  return rows.map(toRevision);
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

async function selectLatestAlerts(connection: Connection): Promise<AlertEvent[]> {
  const rows = await query<AlertRow[]>(
    connection,
    `SELECT ${qualified('m1', ALERT_COLUMNS)}
     FROM (SELECT productID, MAX(event) AS event FROM alerts GROUP BY productID) latest
       LEFT JOIN alerts m1 ON m1.event = latest.event`,
  );
  return rows.map(toAlert);
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
