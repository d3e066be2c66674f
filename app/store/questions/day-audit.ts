import { Calendar, UTC } from '../../ledger/calendar';
import type { DailySales, Sold } from '../../ledger/sales';
import { type Asking, first, type Statement } from '../asking';
import type { Dialect } from '../dialect';
import { type SoldRow, toSold } from '../sold';
import { dailySales } from './sales';

type DayAudit = Readonly<Record<'quick' | 'plain', readonly DailySales[]>>;

/**
 * What was sold on each day of the ledger's zone, by product: as `sales_daily` has it, and summed over the records of each day.
 * Products of which a day has nothing left are in neither.
 */
export function* dayAudit(dialect: Dialect): Asking<DayAudit> {
  const quick = yield* dailySales(dialect, { limit: Number.MAX_SAFE_INTEGER });
  return { quick: quick.filter(isSomething), plain: yield* plainDays(dialect) };
}

/** The database gets the bounds of each day as moments: MySQL may lack its tables of time zones. */
function* plainDays(dialect: Dialect): Asking<DailySales[]> {
  const calendar = yield* keptCalendar();
  const sums = new Map<string, DailySales>();
  const add = (day: string, productID: number, sold: Sold) => {
    const key = `${day} ${productID}`;
    const before = sums.get(key) ?? { unitsSold: 0, unitsPriced: 0, revenue: 0n };
    sums.set(key, {
      day,
      productID,
      unitsSold: before.unitsSold + sold.unitsSold,
      unitsPriced: before.unitsPriced + sold.unitsPriced,
      revenue: before.revenue + sold.revenue,
    });
  };
  for (let at = yield* firstFrom(dialect, new Date(0)); at; ) {
    const { day, from, to } = calendar.boundsAt(at);
    for (const { productID, ...row } of yield* soldBetween(dialect, from, to)) {
      add(day, productID, toSold(dialect, row));
    }
    at = yield* firstFrom(dialect, new Date(to));
  }
  // A cancellation counts on the day of its sale.
  for (const { productID, soldAt, ...row } of yield* cancelled(dialect)) {
    add(calendar.dayOf(dialect.codecs.time.read(soldAt)), productID, toSold(dialect, row));
  }
  return [...sums.values()].filter(isSomething).sort(byDay);
}

function* keptCalendar(): Asking<Calendar> {
  const kept = yield* first<{ timeZone: string }>(
    'SELECT timeZone FROM ledger_zone ORDER BY entry LIMIT 1',
  );
  return kept ? new Calendar(kept.timeZone) : UTC;
}

/** When the first record was made from a moment on. */
function* firstFrom({ codecs }: Dialect, from: Date): Asking<Date | undefined> {
  const row = yield* first<{ at: unknown }>(
    'SELECT MIN(recordedAt) AS at FROM inventory WHERE recordedAt >= ?',
    [codecs.time.write(from)],
  );
  return row?.at ? codecs.time.read(row.at) : undefined;
}

function sums({ revenue }: Dialect): string {
  return `CAST(SUM(quantity) AS CHAR) AS unitsSold,
       CAST(SUM(CASE WHEN unitPrice IS NULL THEN 0 ELSE quantity END) AS CHAR) AS unitsPriced,
       ${revenue.ofRecords} AS revenue`;
}

function* soldBetween(
  dialect: Dialect,
  from: number,
  to: number,
): Asking<readonly (SoldRow & { readonly productID: number })[]> {
  const { time } = dialect.codecs;
  return (yield {
    sql: `SELECT productID, ${sums(dialect)}
     FROM inventory
     WHERE recordedAt >= ? AND recordedAt < ? AND quantity IS NOT NULL AND reason <> 'cancellation'
     GROUP BY productID`,
    values: [time.write(new Date(from)), time.write(new Date(to))],
    isLong: true,
  } satisfies Statement) as never;
}

function* cancelled(
  dialect: Dialect,
): Asking<readonly (SoldRow & { readonly productID: number; readonly soldAt: unknown })[]> {
  return (yield {
    sql: `SELECT productID, soldAt, ${sums(dialect)}
     FROM (
         SELECT cancelled.productID, cancelled.quantity, cancelled.unitPrice, sale.recordedAt AS soldAt
         FROM inventory cancelled
           JOIN inventory sale ON sale.record = cancelled.saleRecord
         WHERE cancelled.reason = 'cancellation'
       ) taken
     GROUP BY productID, soldAt`,
    isLong: true,
  } satisfies Statement) as never;
}

function isSomething({ unitsSold, unitsPriced, revenue }: Sold): boolean {
  return unitsSold !== 0 || unitsPriced !== 0 || revenue !== 0n;
}

function byDay(a: DailySales, b: DailySales): number {
  return a.day === b.day ? a.productID - b.productID : a.day < b.day ? -1 : 1;
}
