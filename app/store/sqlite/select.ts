import type { AlertEvent } from '../../ledger/alert';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';
import type { Journals, PastStock } from '../../ledger/store';
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

/** Products whose latest entries are read at a time: a few milliseconds of work. */
const LOAD_PAGE = 500;

/** Products that one question about the past steps over at most: some ten milliseconds of a thread's work. */
const STEPS_MAX = 5_000;

/** The append-only tables, read through one connection. */
export function journals(database: Database): Journals {
  return {
    records: {
      load: () =>
        byProduct(selectLast(database, 'record', 'inventory'), (asOf, after) =>
          selectLatestAsOf(database, asOf, after, LOAD_PAGE),
        ),
      from: async (record, limit) => selectFrom(database, record, limit),
    },
    revisions: {
      load: () =>
        byProduct(selectLast(database, 'revision', 'products'), (asOf, after) =>
          selectLatestRevisions(database, asOf, after, LOAD_PAGE),
        ),
      from: async (revision, limit) => selectRevisionsFrom(database, revision, limit),
    },
    alerts: {
      load: () =>
        byProduct(selectLast(database, 'event', 'alerts'), (asOf, after) =>
          selectLatestAlerts(database, asOf, after, LOAD_PAGE),
        ),
      from: async (event, limit) => selectAlertsFrom(database, event, limit),
    },
  };
}

/**
 * Pages of the latest entries. Nothing up to the last one ever changes, and every number is given in the order of
 * commits: so the pages agree without a transaction over all of them.
 */
async function* byProduct<E extends { readonly productID: number }>(
  last: number,
  read: (asOf: number, after: number) => E[],
): AsyncGenerator<readonly E[]> {
  for (let after = 0; ; ) {
    const page = read(last, after);
    yield page;
    const end = page.at(-1);
    if (page.length < LOAD_PAGE || !end) return;
    after = end.productID;
  }
}

function selectLast(database: Database, number: string, table: string): number {
  const [row] = database.all<{ last: number | null }>(
    `SELECT MAX(${number}) AS last FROM ${table}`,
  );
  return row?.last ?? 0;
}

/**
 * The latest record of each product when the ledger ended with a record, by productID: of the first `limit` products
 * beyond one. Fewer are the last there are. What it answers is what the plain left join of the table with itself does.
 */
export function selectLatestAsOf(
  database: Database,
  asOf: number,
  after: number,
  limit: number,
): LedgerRecord[] {
  const sql = latest('inventory', 'record', RECORD_COLUMNS);
  return pageOf<RecordRow>(database, sql, asOf, after, limit).found.map(toRecord);
}

/** The same for one who goes on from part to part: where few products had a record yet, a part is what few steps find. */
export function selectPastStock(
  database: Database,
  asOf: number,
  after: number,
  limit: number,
): PastStock {
  const sql = latest('inventory', 'record', RECORD_COLUMNS);
  const { found, next } = pageOf<RecordRow>(database, sql, asOf, after, limit, STEPS_MAX);
  return { records: found.map(toRecord), next };
}

function selectLatestRevisions(
  database: Database,
  asOf: number,
  after: number,
  limit: number,
): ProductRevision[] {
  const sql = latest('products', 'revision', REVISION_COLUMNS);
  return pageOf<RevisionRow>(database, sql, asOf, after, limit).found.map(toRevision);
}

function selectLatestAlerts(
  database: Database,
  asOf: number,
  after: number,
  limit: number,
): AlertEvent[] {
  const sql = latest('alerts', 'event', ALERT_COLUMNS);
  return pageOf<AlertRow>(database, sql, asOf, after, limit).found.map(toAlert);
}

/**
 * Steps from product to product, and from each to its latest entry, through the index (productID, number): two seeks
 * a product, however many entries it has. A GROUP BY would read them all.
 */
function latest(table: string, number: string, columns: string): string {
  return `WITH RECURSIVE page (productID, place) AS (
       SELECT MIN(productID), 1 FROM ${table} WHERE productID > ?
       UNION ALL
       SELECT (SELECT MIN(productID) FROM ${table} WHERE productID > page.productID), place + 1
       FROM page
       WHERE productID IS NOT NULL AND place < ?
     )
     SELECT page.productID AS steppedTo, ${qualified('m1', columns)}
     FROM page
       LEFT JOIN ${table} m1 ON m1.${number} = (
         SELECT MAX(${number}) FROM ${table} m2 WHERE m2.productID = page.productID AND m2.${number} <= ?
       )
     WHERE page.productID IS NOT NULL
     ORDER BY page.place`;
}

/**
 * Goes on over products that had no entry yet until there are as many as asked for, or no more products, or so many
 * steps were taken. `next` is the product where it stands; undefined where there are no more.
 */
function pageOf<Row extends { readonly productID: number | null }>(
  database: Database,
  sql: string,
  asOf: number,
  after: number,
  limit: number,
  stepsMax = Number.POSITIVE_INFINITY,
): { readonly found: Row[]; readonly next: number | undefined } {
  const found: Row[] = [];
  let stepped = after;
  for (let taken = 0; found.length < limit && taken < stepsMax; taken += limit) {
    const steps = database.all<Row & { steppedTo: number }>(sql, stepped, limit, asOf);
    for (const { steppedTo, ...row } of steps) {
      if (found.length >= limit) break;
      stepped = steppedTo;
      if (row.productID !== null) found.push(row as unknown as Row);
    }
    if (steps.length < limit) return { found, next: undefined };
  }
  return { found, next: stepped };
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
