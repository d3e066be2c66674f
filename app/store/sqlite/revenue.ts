/**
 * Revenues that are wider than SQLite's integers. A single sale comes to 2^53 ten-thousandths at most, and an integer has
 * 63 bits: about a thousand such sales fill one, after which SQLite's sums fail as overflown.
 *
 * So a row of `sales_daily` has two columns, which together are its revenue: `revenueCarry` × 2^61 + `revenue`. The
 * carry is 0 until the row is beyond 2^61, so that who reads the table sees plain numbers. Sums are taken in two
 * parts, each far from 2^63, and put together here as a bigint.
 */

const CARRY_BITS = 61n;
const CARRY_UNIT = 2n ** CARRY_BITS;
const PART_BITS = 32n;
const PART_UNIT = 2n ** PART_BITS;
const PART_MASK = PART_UNIT - 1n;

/** What is read of a revenue: text, since a part may be beyond 2^53. */
export interface RevenueRow {
  readonly revenueHigh: string;
  readonly revenueLow: string;
}

/** The columns of `RevenueRow` for one row of `sales_daily`. `>>` rounds down and `&` is never negative. */
export const REVENUE_OF_ROW = parts(
  `revenueCarry * ${CARRY_UNIT / PART_UNIT} + (revenue >> ${PART_BITS})`,
  `revenue & ${PART_MASK}`,
);

const HIGH_SUM = `SUM(revenueCarry) * ${CARRY_UNIT / PART_UNIT} + SUM(revenue >> ${PART_BITS})`;
const LOW_SUM = `SUM(revenue & ${PART_MASK})`;

/** The columns of `RevenueRow` for a group of rows of `sales_daily`. */
export const REVENUE_SUM = parts(HIGH_SUM, LOW_SUM);

/** What to order groups of rows of `sales_daily` by, for the greatest revenue first. */
export const BY_REVENUE = `${HIGH_SUM} + (${LOW_SUM} >> ${PART_BITS}) DESC, ${LOW_SUM} & ${PART_MASK} DESC`;

/** How a price is halved for `REVENUE_OF_SALES`, so that either half times a quantity has 53 bits. */
const PRICE_BITS = 22n;
const PRICE_MASK = 2n ** PRICE_BITS - 1n;
const HIGH_PRODUCT = `quantity * (unitPrice >> ${PRICE_BITS})`;
const LOW_PRODUCT = `quantity * (unitPrice & ${PRICE_MASK})`;
/** How many times 2^32 the product with the price's high half, which stands for 2^22 times as much, is in the sum. */
const HIGH_OF_PRODUCTS = `SUM(((${HIGH_PRODUCT}) >> 10) + ((${LOW_PRODUCT}) >> ${PART_BITS}))`;
const LOW_OF_PRODUCTS = `SUM((((${HIGH_PRODUCT}) & 1023) << ${PRICE_BITS}) + ((${LOW_PRODUCT}) & ${PART_MASK}))`;

/** The columns of `RevenueRow` for a group of rows of `inventory`. */
export const REVENUE_OF_SALES = parts(
  `COALESCE(${HIGH_OF_PRODUCTS}, 0)`,
  `COALESCE(${LOW_OF_PRODUCTS}, 0)`,
);

function parts(high: string, low: string): string {
  return `CAST(${high} AS TEXT) AS revenueHigh, CAST(${low} AS TEXT) AS revenueLow`;
}

/** Puts the parts together again. */
export function toRevenue({ revenueHigh, revenueLow }: RevenueRow): bigint {
  return BigInt(revenueHigh) * PART_UNIT + BigInt(revenueLow);
}

/** A revenue as `sales_daily` holds it. */
export function revenueValues(revenue: bigint): {
  readonly revenue: bigint;
  readonly carry: bigint;
} {
  if (revenue > -CARRY_UNIT && revenue < CARRY_UNIT) return { revenue, carry: 0n };
  return { revenue: BigInt.asUintN(Number(CARRY_BITS), revenue), carry: revenue >> CARRY_BITS };
}

const SUM_IN_PLACE = 'revenue + excluded.revenue';
const IS_PLAIN = `revenue BETWEEN -${CARRY_UNIT} AND ${CARRY_UNIT} AND ${SUM_IN_PLACE} BETWEEN -${CARRY_UNIT} AND ${CARRY_UNIT}`;
/** Rows written before there was a carry may be wider, so the row is cut down before anything is added. */
const CUT_SUM = `(revenue & ${CARRY_UNIT - 1n}) + excluded.revenue`;

/** The assignments that add `revenueValues` to a row of `sales_daily` that is there. */
export const ADD_REVENUE = `revenue = CASE WHEN ${IS_PLAIN}
             THEN ${SUM_IN_PLACE}
             ELSE (${CUT_SUM}) & ${CARRY_UNIT - 1n}
           END,
           revenueCarry = revenueCarry + excluded.revenueCarry + CASE WHEN ${IS_PLAIN}
             THEN 0
             ELSE (revenue >> ${CARRY_BITS}) + ((${CUT_SUM}) >> ${CARRY_BITS})
           END`;
