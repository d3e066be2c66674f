import type { Connection } from 'mysql2';
import type { LedgerRecord } from '../../ledger/record';
import type {
  AsOf,
  DailySales,
  DailySalesQuery,
  DaySales,
  SalesByDayQuery,
  Seller,
  TopSellersQuery,
  UnitsSold,
} from '../../ledger/sales';
import type { Explanation, HistoryQuery } from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import { query } from './connection';
import {
  keyBytes,
  RECORD_COLUMNS,
  REQUEST_COLUMNS,
  type RecordRow,
  type RequestRow,
  type SoldRow,
  safeInteger,
  toRecord,
  toRequest,
  toSold,
} from './rows';

/** The first and the last day that MySQL's DATE can hold, and its moments. */
const FIRST_DAY = '1000-01-01';
const LAST_DAY = '9999-12-31';
const FIRST_MOMENT = new Date('1000-01-01T00:00:00.000Z');
const LAST_MOMENT = new Date('9999-12-31T23:59:59.999Z');

export async function selectRequests(
  connection: Connection,
  keys: readonly string[],
): Promise<StoredRequest[]> {
  const rows = await query<RequestRow[]>(
    connection,
    `SELECT ${REQUEST_COLUMNS} FROM requests WHERE requestKey IN (?)`,
    [keys.map(keyBytes)],
  );
  return rows.map(toRequest);
}

/** By the index on recordedAt, which never falls from record to record. */
export async function selectLastRecordAt(connection: Connection, time: Date): Promise<number> {
  const [row] = await query<{ record: number | string }[]>(
    connection,
    `SELECT record
     FROM inventory
     WHERE recordedAt <= ?
     ORDER BY recordedAt DESC, record DESC
     LIMIT 1`,
    [time],
  );
  return row ? safeInteger(row.record) : 0;
}

export async function selectHistory(
  connection: Connection,
  { productID, reason, from, to, before, limit }: HistoryQuery,
): Promise<LedgerRecord[]> {
  const rows = await query<RecordRow[]>(
    connection,
    `SELECT ${RECORD_COLUMNS}
     FROM inventory
     WHERE productID = ?
       AND record < ?
       AND (? IS NULL OR reason = ?)
       AND recordedAt BETWEEN ? AND ?
     ORDER BY record DESC
     LIMIT ?`,
    [
      productID,
      before ?? Number.MAX_SAFE_INTEGER,
      reason ?? null,
      reason ?? null,
      from ?? FIRST_MOMENT,
      to ?? LAST_MOMENT,
      limit,
    ],
  );
  return rows.map(toRecord);
}

/** Its three statements agree without a transaction: nothing up to `asOf` ever changes. */
export async function selectExplanation(
  connection: Connection,
  productID: number,
  asOf: number,
): Promise<Explanation> {
  const latest = (condition: string, below: number) =>
    query<RecordRow[]>(
      connection,
      `SELECT ${RECORD_COLUMNS}
       FROM inventory
       WHERE productID = ? AND record <= ? ${condition}
       ORDER BY record DESC
       LIMIT 1`,
      [productID, below],
    );
  const [count] = await latest("AND reason = 'count'", asOf);
  const counted = count ? safeInteger(count.record) : 0;
  const [before] = count ? await latest('', counted - 1) : [];
  const movements = await query<MovementRow[]>(
    connection,
    `SELECT reason, COUNT(*) AS records, CAST(SUM(quantityChange) AS SIGNED) AS quantityChange
     FROM inventory
     WHERE productID = ? AND record > ? AND record <= ?
     GROUP BY reason
     ORDER BY reason`,
    [productID, counted, asOf],
  );
  return {
    count: count ? toRecord(count) : null,
    before: before ? toRecord(before) : null,
    movements: movements.map((row) => ({
      reason: row.reason,
      records: row.records,
      quantityChange: Number(row.quantityChange ?? 0),
    })),
  };
}

interface MovementRow {
  reason: LedgerRecord['reason'];
  records: number;
  quantityChange: number | string | null;
}

const RANKINGS = { unitsSold: 'unitsSold', revenue: 'revenue' } as const;

/** The top sellers by day and product, not by sale, and what they are as of: one statement, one snapshot. */
export async function selectTopSellers(
  connection: Connection,
  { limit, by, from = FIRST_DAY, to = LAST_DAY }: TopSellersQuery,
): Promise<AsOf<Seller>> {
  const rank = RANKINGS[by];
  const rows = await query<(SoldRow & { record: number | null; productID: number | null })[]>(
    connection,
    `SELECT head.record, top.productID, top.unitsSold, top.unitsPriced, top.revenue
     FROM (SELECT MAX(record) AS record FROM inventory) head
       LEFT JOIN (
         SELECT productID,
           CAST(SUM(unitsSold) AS SIGNED) AS unitsSold,
           CAST(SUM(unitsPriced) AS SIGNED) AS unitsPriced,
           SUM(revenue) AS revenue
         FROM sales_daily
         WHERE day BETWEEN ? AND ?
         GROUP BY productID
         ORDER BY SUM(sales_daily.${rank}) DESC, productID
         LIMIT ?
       ) top ON TRUE
     ORDER BY top.${rank} DESC, top.productID`,
    [from, to, limit],
  );
  return asOf(rows, ({ productID, ...row }) =>
    productID === null ? undefined : { productID, ...toSold(row) },
  );
}

export async function selectSalesByDay(
  connection: Connection,
  { productID, from = FIRST_DAY, to = LAST_DAY }: SalesByDayQuery,
): Promise<AsOf<DaySales>> {
  const rows = await query<(SoldRow & { record: number | null; day: string | null })[]>(
    connection,
    `SELECT head.record, days.day, days.unitsSold, days.unitsPriced, days.revenue
     FROM (SELECT MAX(record) AS record FROM inventory) head
       LEFT JOIN (
         SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day,
           CAST(SUM(unitsSold) AS SIGNED) AS unitsSold,
           CAST(SUM(unitsPriced) AS SIGNED) AS unitsPriced,
           SUM(revenue) AS revenue
         FROM sales_daily
         WHERE day BETWEEN ? AND ? AND (? IS NULL OR productID = ?)
         GROUP BY sales_daily.day
       ) days ON TRUE
     ORDER BY days.day`,
    [from, to, productID ?? null, productID ?? null],
  );
  return asOf(rows, ({ day, ...row }) => (day === null ? undefined : { day, ...toSold(row) }));
}

/** Products that are read at a time: the driver makes so many rows within a few milliseconds. */
const UNITS_PAGE = 1_000;

/** By primary key, in one snapshot: that of one statement, where all fits into that. */
export async function selectUnitsSold(connection: Connection, day: string): Promise<UnitsSold> {
  const first = await unitsPage(connection, day, 0);
  if (first.length < UNITS_PAGE) return unitsOf(first);
  await query(connection, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await query(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT');
  const rows: UnitsRow[] = [];
  for (let page: UnitsRow[] = []; rows.length === 0 || page.length === UNITS_PAGE; ) {
    page = await unitsPage(connection, day, rows.at(-1)?.productID ?? 0);
    for (const row of page) rows.push(row);
  }
  await query(connection, 'COMMIT');
  return unitsOf(rows);
}

interface UnitsRow {
  readonly record: number | string | null;
  readonly productID: number | null;
  readonly unitsSold: number | string | null;
}

function unitsPage(connection: Connection, day: string, after: number): Promise<UnitsRow[]> {
  return query<UnitsRow[]>(
    connection,
    `SELECT head.record, sold.productID, sold.unitsSold
     FROM (SELECT MAX(record) AS record FROM inventory) head
       LEFT JOIN (
         SELECT productID, unitsSold
         FROM sales_daily
         WHERE sales_daily.day = ? AND productID > ?
         ORDER BY productID
         LIMIT ?
       ) sold ON TRUE
     ORDER BY sold.productID`,
    [day, after, UNITS_PAGE],
  );
}

function unitsOf(rows: readonly UnitsRow[]): UnitsSold {
  const sold = rows.filter(({ productID }) => productID !== null);
  return {
    asOf: safeInteger(rows[0]?.record ?? 0),
    productIDs: Float64Array.from(sold, ({ productID }) => productID as number),
    unitsSold: Float64Array.from(sold, ({ unitsSold }) => safeInteger(unitsSold ?? 0)),
  };
}

/** A page of the daily sales, by primary key: as two ranges of it, which MySQL 5.7 makes no row comparison into. */
export async function selectDailySales(
  connection: Connection,
  { from = FIRST_DAY, to = LAST_DAY, after = { day: from, productID: 0 }, limit }: DailySalesQuery,
): Promise<DailySales[]> {
  const rows = await query<(SoldRow & { day: string; productID: number })[]>(
    connection,
    `SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day, productID, unitsSold, unitsPriced, revenue
     FROM sales_daily
     WHERE sales_daily.day <= ?
       AND (sales_daily.day > ? OR (sales_daily.day = ? AND productID > ?))
     ORDER BY sales_daily.day, productID
     LIMIT ?`,
    [to, after.day, after.day, after.productID, limit],
  );
  return rows.map(({ day, productID, ...row }) => ({ day, productID, ...toSold(row) }));
}

/** Rows that the ledger's last record stands beside; one without anything else where there are none. */
function asOf<Row extends { record: number | null }, T>(
  rows: readonly Row[],
  convert: (row: Row) => T | undefined,
): AsOf<T> {
  return {
    asOf: rows[0]?.record ?? 0,
    rows: rows.map(convert).filter((row) => row !== undefined),
  };
}
