import { FIRST_DAY, LAST_DAY } from '../../ledger/day';
import type { SoldAtQuery } from '../../ledger/questions';
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
import { type Asking, all, first } from '../asking';
import { safeInteger } from '../codec';
import { type Dialect, inSnapshot } from '../dialect';
import { type SoldRow, toSold } from '../sold';

/** Products that are read at a time: the driver makes this many rows within a few milliseconds. */
const UNITS_PAGE = 1_000;

/**
 * The sums of a group of rows of `sales_daily`. No column of the table has their names, or ORDER BY would be
 * ambiguous.
 */
function sums({ revenue }: Dialect): string {
  return `SUM(unitsSold) AS unitsSum, SUM(unitsPriced) AS pricedSum, ${revenue.sum}`;
}

/** Those sums as a `SoldRow`. CHAR is text in every database. */
function soldOfSums({ revenue }: Dialect): string {
  return `CAST(unitsSum AS CHAR) AS unitsSold, CAST(pricedSum AS CHAR) AS unitsPriced,
       ${revenue.ofSum} AS revenue`;
}

/** Sums rows by day and product, not by sale. One statement, so that the last record is of the same moment. */
export function* topSellers(
  dialect: Dialect,
  { limit, by, from = FIRST_DAY, to = LAST_DAY }: TopSellersQuery,
): Asking<AsOf<Seller>> {
  const ranking = by === 'revenue' ? dialect.revenue.greatestFirst : 'unitsSum DESC';
  const rows = yield* all<HeadRow & SoldRow & { productID: number | null }>(
    `SELECT head.lastRecord, top.productID, ${soldOfSums(dialect)}
     FROM (SELECT MAX(record) AS lastRecord FROM inventory) head
       LEFT JOIN (
         SELECT productID, ${sums(dialect)}
         FROM sales_daily
         WHERE day BETWEEN ? AND ?
         GROUP BY productID
         ORDER BY ${ranking}, productID
         LIMIT ?
       ) top ON TRUE
     ORDER BY ${ranking}, top.productID`,
    [from, to, limit],
  );
  return asOf(rows, ({ productID, ...row }) =>
    productID === null ? [] : [{ productID, ...toSold(dialect, row) }],
  );
}

export function* salesByDay(
  dialect: Dialect,
  { productID, from = FIRST_DAY, to = LAST_DAY }: SalesByDayQuery,
): Asking<AsOf<DaySales>> {
  const rows = yield* all<HeadRow & SoldRow & { day: string | null }>(
    `SELECT head.lastRecord, days.day, ${soldOfSums(dialect)}
     FROM (SELECT MAX(record) AS lastRecord FROM inventory) head
       LEFT JOIN (
         SELECT CAST(day AS CHAR) AS day, ${sums(dialect)}
         FROM sales_daily
         WHERE day BETWEEN ? AND ? AND (? IS NULL OR productID = ?)
         GROUP BY sales_daily.day
       ) days ON TRUE
     ORDER BY days.day`,
    [from, to, productID ?? null, productID ?? null],
  );
  return asOf(rows, ({ day, ...row }) => (day === null ? [] : [{ day, ...toSold(dialect, row) }]));
}

/** By primary key, in one snapshot. If one page is enough, one statement is a snapshot by itself. */
export function* unitsSold(dialect: Dialect, day: string): Asking<UnitsSold> {
  const page = yield* unitsPage(day, 0);
  const rows = page.length < UNITS_PAGE ? page : yield* inSnapshot(dialect, unitsPages(day));
  const sold = rows.filter(({ productID }) => productID !== null);
  return {
    asOf: safeInteger(rows[0]?.lastRecord ?? 0),
    productIDs: Float64Array.from(sold, ({ productID }) => productID as number),
    unitsSold: Float64Array.from(sold, (row) => safeInteger(row.unitsSold)),
  };
}

interface UnitsRow extends HeadRow {
  readonly productID: number | null;
  readonly unitsSold: unknown;
}

function* unitsPages(day: string): Asking<readonly UnitsRow[]> {
  const rows: UnitsRow[] = [];
  for (let isLast = false; !isLast; ) {
    const page = yield* unitsPage(day, rows.at(-1)?.productID ?? 0);
    for (const row of page) rows.push(row);
    isLast = page.length < UNITS_PAGE;
  }
  return rows;
}

function unitsPage(day: string, after: number): Asking<readonly UnitsRow[]> {
  return all<UnitsRow>(
    `SELECT head.lastRecord, sold.productID, sold.unitsSold
     FROM (SELECT MAX(record) AS lastRecord FROM inventory) head
       LEFT JOIN (
         SELECT productID, unitsSold
         FROM sales_daily
         WHERE day = ? AND productID > ?
         ORDER BY productID
         LIMIT ?
       ) sold ON TRUE
     ORDER BY sold.productID`,
    [day, after, UNITS_PAGE],
  );
}

/** A page of the daily sales, by primary key. */
export function* dailySales(
  dialect: Dialect,
  { from = FIRST_DAY, to = LAST_DAY, after = { day: from, productID: 0 }, limit }: DailySalesQuery,
): Asking<DailySales[]> {
  const isAfter = dialect.afterDaily(after.day, after.productID);
  const rows = yield* all<SoldRow & { day: string; productID: number }>(
    `SELECT CAST(day AS CHAR) AS day, productID, CAST(unitsSold AS CHAR) AS unitsSold,
       CAST(unitsPriced AS CHAR) AS unitsPriced, ${dialect.revenue.ofRow} AS revenue
     FROM sales_daily
     WHERE sales_daily.day <= ? AND ${isAfter.sql}
     ORDER BY sales_daily.day, productID
     LIMIT ?`,
    [to, ...(isAfter.values ?? []), limit],
  );
  return rows.map(({ day, productID, ...row }) => ({ day, productID, ...toSold(dialect, row) }));
}

/** By the ledger's own order, after that record. */
export function* cancelledSince({ codecs }: Dialect, record: number): Asking<Date[]> {
  const rows = yield* all<{ soldAt: unknown }>(
    `SELECT sale.recordedAt AS soldAt
     FROM inventory cancelled
       JOIN inventory sale ON sale.record = cancelled.saleRecord
     WHERE cancelled.record > ? AND cancelled.reason = 'cancellation'`,
    [record],
  );
  return rows.map(({ soldAt }) => codecs.time.read(soldAt));
}

/** Each row also has the ledger's last record. If nothing was sold, one row has only that. */
interface HeadRow {
  readonly lastRecord: unknown;
}

function asOf<Row extends HeadRow, T>(rows: readonly Row[], convert: (row: Row) => T[]): AsOf<T> {
  return { asOf: safeInteger(rows[0]?.lastRecord ?? 0), rows: rows.flatMap(convert) };
}

/** By the index of product, location and record. A cancellation counts where the sale is that it takes back. */
export function* unitsSoldAt(
  _dialect: Dialect,
  { productID, locationID, after, through }: SoldAtQuery,
): Asking<number> {
  const row = yield* first<{ units: unknown }>(
    `SELECT COALESCE(SUM(quantity), 0) AS units
     FROM inventory
     WHERE productID = ? AND locationID = ? AND record > ?
       AND (
         (reason <> 'cancellation' AND record <= ?)
         OR (reason = 'cancellation' AND saleRecord > ? AND saleRecord <= ?)
       )`,
    [productID, locationID, after, through, after, through],
  );
  return safeInteger(row?.units ?? 0);
}
