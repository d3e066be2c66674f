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
import type { Explanation, HistoryQuery, Movement } from '../../ledger/store';
import type { StoredRequest } from '../../ledger/submission';
import type { Database } from './database';
import { BY_REVENUE, REVENUE_OF_ROW, REVENUE_SUM } from './revenue';
import {
  RECORD_COLUMNS,
  REQUEST_COLUMNS,
  type RecordRow,
  type RequestRow,
  type SoldRow,
  toRecord,
  toRequest,
  toSold,
  UNITS_OF_ROW,
  UNITS_SUM,
} from './rows';

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';
const FIRST_MOMENT = '0000-01-01T00:00:00.000Z';
const LAST_MOMENT = '9999-12-31T23:59:59.999Z';

export function selectRequests(database: Database, key: string): StoredRequest[] {
  const rows = database.all<RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM requests WHERE requestKey = ?`,
    key,
  );
  return rows.map(toRequest);
}

/** By the index on recordedAt, which never falls from record to record. */
export function selectLastRecordAt(database: Database, time: Date): number {
  const [row] = database.all<{ record: number }>(
    `SELECT record
     FROM inventory
     WHERE recordedAt <= ?
     ORDER BY recordedAt DESC, record DESC
     LIMIT 1`,
    time.toISOString(),
  );
  return row?.record ?? 0;
}

export function selectHistory(
  database: Database,
  { productID, reason, from, to, before, limit }: HistoryQuery,
): LedgerRecord[] {
  const rows = database.all<RecordRow>(
    `SELECT ${RECORD_COLUMNS}
     FROM inventory
     WHERE productID = ?
       AND record < ?
       AND (? IS NULL OR reason = ?)
       AND recordedAt BETWEEN ? AND ?
     ORDER BY record DESC
     LIMIT ?`,
    productID,
    before ?? Number.MAX_SAFE_INTEGER,
    reason ?? null,
    reason ?? null,
    from?.toISOString() ?? FIRST_MOMENT,
    to?.toISOString() ?? LAST_MOMENT,
    limit,
  );
  return rows.map(toRecord);
}

/** Its three statements agree without a transaction: nothing up to `asOf` ever changes. */
export function selectExplanation(
  database: Database,
  productID: number,
  asOf: number,
): Explanation {
  const latest = (condition: string, below: number) =>
    database.all<RecordRow>(
      `SELECT ${RECORD_COLUMNS}
       FROM inventory
       WHERE productID = ? AND record <= ? ${condition}
       ORDER BY record DESC
       LIMIT 1`,
      productID,
      below,
    );
  const [count] = latest("AND reason = 'count'", asOf);
  const [before] = count ? latest('', count.record - 1) : [];
  const movements = database.all<Omit<Movement, 'quantityChange'> & { quantityChange: string }>(
    `SELECT reason, COUNT(*) AS records, CAST(COALESCE(SUM(quantityChange), 0) AS TEXT) AS quantityChange
     FROM inventory
     WHERE productID = ? AND record > ? AND record <= ?
     GROUP BY reason
     ORDER BY reason`,
    productID,
    count?.record ?? 0,
    asOf,
  );
  return {
    count: count ? toRecord(count) : null,
    before: before ? toRecord(before) : null,
    movements: movements.map(({ reason, records, quantityChange }) => ({
      reason,
      records,
      quantityChange: Number(quantityChange),
    })),
  };
}

const RANKINGS = { unitsSold: 'SUM(sales_daily.unitsSold) DESC', revenue: BY_REVENUE } as const;

/** The top sellers by day and product, not by sale, and what they are as of. */
export function selectTopSellers(database: Database, query: TopSellersQuery): AsOf<Seller> {
  return database.transaction('DEFERRED', () => readTopSellers(database, query));
}

/** The same, in a transaction that is open already. */
export function readTopSellers(
  database: Database,
  { limit, by, from = FIRST_DAY, to = LAST_DAY }: TopSellersQuery,
): AsOf<Seller> {
  const rows = database.all<SoldRow & { productID: number }>(
    `SELECT productID,
       ${UNITS_SUM},
       ${REVENUE_SUM}
     FROM sales_daily
     WHERE day BETWEEN ? AND ?
     GROUP BY productID
     ORDER BY ${RANKINGS[by]}, productID
     LIMIT ?`,
    from,
    to,
    limit,
  );
  return {
    asOf: lastRecord(database),
    rows: rows.map((row) => ({ productID: row.productID, ...toSold(row) })),
  };
}

export function selectSalesByDay(
  database: Database,
  { productID, from = FIRST_DAY, to = LAST_DAY }: SalesByDayQuery,
): AsOf<DaySales> {
  return database.transaction('DEFERRED', () => {
    const rows = database.all<SoldRow & { day: string }>(
      `SELECT day,
         ${UNITS_SUM},
         ${REVENUE_SUM}
       FROM sales_daily
       WHERE day BETWEEN ? AND ? AND (? IS NULL OR productID = ?)
       GROUP BY day
       ORDER BY day`,
      from,
      to,
      productID ?? null,
      productID ?? null,
    );
    return {
      asOf: lastRecord(database),
      rows: rows.map((row) => ({ day: row.day, ...toSold(row) })),
    };
  });
}

/** Products that are read at a time: of a million at once the rows would take hundreds of megabytes. */
const UNITS_PAGE = 10_000;

/** By primary key, in one snapshot. */
export function selectUnitsSold(database: Database, day: string): UnitsSold {
  return database.transaction('DEFERRED', () => {
    const productIDs: number[] = [];
    const unitsSold: number[] = [];
    for (let read = 0; read === productIDs.length; read += UNITS_PAGE) {
      const rows = database.all<{ productID: number; unitsSold: number }>(
        `SELECT productID, unitsSold
         FROM sales_daily
         WHERE day = ? AND productID > ?
         ORDER BY productID
         LIMIT ?`,
        day,
        productIDs.at(-1) ?? 0,
        UNITS_PAGE,
      );
      for (const row of rows) {
        productIDs.push(row.productID);
        unitsSold.push(row.unitsSold);
      }
    }
    return {
      asOf: lastRecord(database),
      productIDs: Float64Array.from(productIDs),
      unitsSold: Float64Array.from(unitsSold),
    };
  });
}

/** A page of the daily sales, by primary key. */
export function selectDailySales(
  database: Database,
  { from = FIRST_DAY, to = LAST_DAY, after = { day: from, productID: 0 }, limit }: DailySalesQuery,
): DailySales[] {
  const rows = database.all<SoldRow & { day: string; productID: number }>(
    `SELECT day, productID, ${UNITS_OF_ROW}, ${REVENUE_OF_ROW}
     FROM sales_daily
     WHERE (day, productID) > (?, ?) AND day <= ?
     ORDER BY day, productID
     LIMIT ?`,
    after.day,
    after.productID,
    to,
    limit,
  );
  return rows.map((row) => ({ day: row.day, productID: row.productID, ...toSold(row) }));
}

function lastRecord(database: Database): number {
  const [head] = database.all<{ record: number | null }>(
    'SELECT MAX(record) AS record FROM inventory',
  );
  return head?.record ?? 0;
}
