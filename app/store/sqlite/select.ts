import type { AlertEvent } from '../../ledger/alert';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';
import type { Journals } from '../../ledger/store';
import type { Database } from './database';
import {
  ALERT_COLUMNS,
  type AlertRow,
  RECORD_COLUMNS,
  REVISION_COLUMNS,
  type RecordRow,
  type RevisionRow,
  toAlert,
  toRecord,
  toRevision,
} from './rows';

/** The append-only tables, read through one connection. */
export function journals(database: Database): Journals {
  return {
    records: {
      load: async () => selectLatest(database),
      from: async (record, limit) => selectFrom(database, record, limit),
    },
    revisions: {
      load: async () => selectLatestRevisions(database),
      from: async (revision, limit) => selectRevisionsFrom(database, revision, limit),
    },
    alerts: {
      load: async () => selectLatestAlerts(database),
      from: async (event, limit) => selectAlertsFrom(database, event, limit),
    },
  };
}

/**
 * The latest record of each product: the plain left join of the table with itself, with the latest
 * record found through the index (productID, record).
 */
export function selectLatest(database: Database): LedgerRecord[] {
  const rows = database.all<RecordRow>(
    `SELECT ${qualified('m1', RECORD_COLUMNS)}
     FROM (SELECT productID, MAX(record) AS record FROM inventory GROUP BY productID) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
  );
  return rows.map(toRecord);
}

/** The same for any past moment, at the same cost. */
export function selectLatestAsOf(database: Database, asOf: number): LedgerRecord[] {
  const rows = database.all<RecordRow>(
    `SELECT ${qualified('m1', RECORD_COLUMNS)}
     FROM (
         SELECT productID, MAX(record) AS record
         FROM inventory
         WHERE record <= ?
         GROUP BY productID
       ) latest
       LEFT JOIN inventory m1 ON m1.record = latest.record`,
    asOf,
  );
  return rows.map(toRecord);
}

/** The records numbered `record` and up, by primary key. */
export function selectFrom(database: Database, record: number, limit: number): LedgerRecord[] {
  const rows = database.all<RecordRow>(
    `SELECT ${RECORD_COLUMNS}
     FROM inventory
     WHERE record >= ?
     ORDER BY record
     LIMIT ?`,
    record,
    limit,
  );
  return rows.map(toRecord);
}

function selectLatestRevisions(database: Database): ProductRevision[] {
  const rows = database.all<RevisionRow>(
    `SELECT ${qualified('m1', REVISION_COLUMNS)}
     FROM (SELECT productID, MAX(revision) AS revision FROM products GROUP BY productID) latest
       LEFT JOIN products m1 ON m1.revision = latest.revision`,
  );
  return rows.map(toRevision);
}

function selectRevisionsFrom(
  database: Database,
  revision: number,
  limit: number,
): ProductRevision[] {
  const rows = database.all<RevisionRow>(
    `SELECT ${REVISION_COLUMNS}
     FROM products
     WHERE revision >= ?
     ORDER BY revision
     LIMIT ?`,
    revision,
    limit,
  );
  return rows.map(toRevision);
}

function selectLatestAlerts(database: Database): AlertEvent[] {
  const rows = database.all<AlertRow>(
    `SELECT ${qualified('m1', ALERT_COLUMNS)}
     FROM (SELECT productID, MAX(event) AS event FROM alerts GROUP BY productID) latest
       LEFT JOIN alerts m1 ON m1.event = latest.event`,
  );
  return rows.map(toAlert);
}

function selectAlertsFrom(database: Database, event: number, limit: number): AlertEvent[] {
  const rows = database.all<AlertRow>(
    `SELECT ${ALERT_COLUMNS}
     FROM alerts
     WHERE event >= ?
     ORDER BY event
     LIMIT ?`,
    event,
    limit,
  );
  return rows.map(toAlert);
}

export function qualified(table: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
}
