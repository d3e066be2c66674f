import type { LedgerRecord } from './record';

/** What was sold, less what was returned. */
export interface Sold {
  /** Exact up to 2^53, which is four million of the largest sales. Beyond that, exact to sixteen digits. */
  readonly unitsSold: number;
  /** How many of them have a known price. */
  readonly unitsPriced: number;
  /** What those were sold for, in ten-thousandths of the currency unit. Always exact. */
  readonly revenue: bigint;
}

/** What was sold of one product on one day. */
export interface DailySales extends Sold {
  /** The day, as `2026-11-23`. A return counts on its own day; a cancellation on that of the sale. */
  readonly day: string;
  readonly productID: number;
}

/** The first and the last day that count, as `2026-11-23`; undefined for no bound. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Which products to rank. */
export interface TopSellersQuery extends Days {
  /** How many products at most. */
  readonly limit: number;
  readonly by: 'unitsSold' | 'revenue';
}

/** Which days to sum. */
export interface SalesByDayQuery extends Days {
  /** One product; undefined for all. */
  readonly productID?: number | undefined;
}

/** Which rows of the daily sales to read, in order of day and productID. */
export interface DailySalesQuery extends Days {
  /** Only rows after this one; undefined to begin with the first. */
  readonly after?: Pick<DailySales, 'day' | 'productID'> | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** An answer that is exact as of a record. */
export interface AsOf<T> {
  /** That record; 0 for an empty ledger. */
  readonly asOf: number;
  readonly rows: readonly T[];
}

/**
 * What was sold on one day, less what was returned, exact as of a record: for each product that was sold, by productID.
 * The two arrays belong together. As typed arrays, a million numbers pass from thread to thread at once.
 */
export interface UnitsSold {
  /** That record; 0 for an empty ledger. */
  readonly asOf: number;
  readonly productIDs: Float64Array;
  readonly unitsSold: Float64Array;
}

/** A product, and what was sold of it. */
export interface Seller extends Sold {
  readonly productID: number;
}

/** A day, and what was sold on it. */
export interface DaySales extends Sold {
  readonly day: string;
}

/**
 * Sums sales by day and product, in a fixed order, so that two writers cannot deadlock on the rows.
 *
 * @param dayOf the day on which a record counts
 */
export function dailySales(
  records: readonly LedgerRecord[],
  dayOf: (record: LedgerRecord) => string,
): DailySales[] {
  const sums = new Map<string, DailySales>();
  for (const record of records) {
    const { quantity, unitPrice, productID } = record;
    if (quantity === null) continue;
    const day = dayOf(record);
    const key = `${day} ${productID}`;
    const before = sums.get(key) ?? { unitsSold: 0, unitsPriced: 0, revenue: 0n };
    sums.set(key, {
      day,
      productID,
      unitsSold: before.unitsSold + quantity,
      unitsPriced: before.unitsPriced + (unitPrice === null ? 0 : quantity),
      revenue: before.revenue + BigInt(quantity) * BigInt(unitPrice ?? 0),
    });
  }
  return [...sums.values()].sort((a, b) =>
    a.day === b.day ? a.productID - b.productID : a.day < b.day ? -1 : 1,
  );
}

/** What takes daily sales back: added to them, nothing is left. */
export function negated(sales: readonly DailySales[]): DailySales[] {
  return sales.map(({ unitsSold, unitsPriced, revenue, ...row }) => ({
    ...row,
    unitsSold: 0 - unitsSold,
    unitsPriced: 0 - unitsPriced,
    revenue: -revenue,
  }));
}
