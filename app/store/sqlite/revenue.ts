import type { DailySales } from '../../ledger/sales';
import type { RevenueSql } from '../dialect';
import type { Insertion } from '../table-codec';

/**
 * Revenues may be too large for SQLite's integers. One sale is at most 2^53 ten-thousandths, and an integer has 63 bits. So
 * after about a thousand of the largest sales SQLite's sums would overflow.
 *
 * A row of `sales_daily` therefore has its revenue in two columns: `revenueCarry` × 2^61 + `revenue`. The carry is 0 until
 * the revenue exceeds 2^61, so that people who read the table see plain numbers. Sums are computed in two parts, each far
 * below 2^63, and joined here as a bigint.
 */

const CARRY_BITS = 61n;
const CARRY_UNIT = 2n ** CARRY_BITS;
const PART_BITS = 32n;
const PART_UNIT = 2n ** PART_BITS;
const PART_MASK = PART_UNIT - 1n;

/** The multiple of 2^32, and the rest. `>>` rounds down and `&` is never negative. */
const HIGH = `revenueCarry * ${CARRY_UNIT / PART_UNIT} + (revenue >> ${PART_BITS})`;
const LOW = `revenue & ${PART_MASK}`;

const LOW_SUM = `SUM(${LOW})`;
const HIGH_SUM = `SUM(revenueCarry) * ${CARRY_UNIT / PART_UNIT} + SUM(revenue >> ${PART_BITS}) + (${LOW_SUM} >> ${PART_BITS})`;

/** A price is split into two halves, so that each half times a quantity has at most 53 bits. */
const PRICE_BITS = 22n;
const PRICE_MASK = 2n ** PRICE_BITS - 1n;
const HIGH_PRODUCT = `quantity * (unitPrice >> ${PRICE_BITS})`;
const LOW_PRODUCT = `quantity * (unitPrice & ${PRICE_MASK})`;
/** The multiple of 2^32 in the sum of both products. The product with the price's high half counts 2^22 times. */
const HIGH_OF_PRODUCTS = `SUM(((${HIGH_PRODUCT}) >> 10) + ((${LOW_PRODUCT}) >> ${PART_BITS}))`;
const LOW_OF_PRODUCTS = `SUM((((${HIGH_PRODUCT}) & 1023) << ${PRICE_BITS}) + ((${LOW_PRODUCT}) & ${PART_MASK}))`;

/** A revenue as text, in two parts: the driver refuses to read a number beyond 2^53, and either part may be. */
const text = (high: string, low: string) => `(${high}) || ' ' || (${low})`;

export const REVENUE: RevenueSql = {
  ofRow: text(HIGH, LOW),
  sum: `${HIGH_SUM} AS revenueHigh, ${LOW_SUM} & ${PART_MASK} AS revenueLow`,
  ofSum: text('revenueHigh', 'revenueLow'),
  greatestFirst: 'revenueHigh DESC, revenueLow DESC',
  ofRecords: text(`COALESCE(${HIGH_OF_PRODUCTS}, 0)`, `COALESCE(${LOW_OF_PRODUCTS}, 0)`),
  read: (parts) => {
    const [high = '', low = ''] = parts.split(' ');
    return BigInt(high) * PART_UNIT + BigInt(low);
  },
};

/** The two columns of a revenue. */
function columnsOf(revenue: bigint): readonly [revenue: bigint, revenueCarry: bigint] {
  if (revenue > -CARRY_UNIT && revenue < CARRY_UNIT) return [revenue, 0n];
  return [BigInt.asUintN(Number(CARRY_BITS), revenue), revenue >> CARRY_BITS];
}

const SUM_IN_PLACE = 'revenue + excluded.revenue';
const IS_PLAIN = `revenue BETWEEN -${CARRY_UNIT} AND ${CARRY_UNIT} AND ${SUM_IN_PLACE} BETWEEN -${CARRY_UNIT} AND ${CARRY_UNIT}`;
/** Rows from before there was a carry may be larger, so they are reduced before anything is added. */
const CUT_SUM = `(revenue & ${CARRY_UNIT - 1n}) + excluded.revenue`;

export const DAILY_SALES: Insertion<DailySales> = {
  table: 'sales_daily',
  columns: 'day, productID, unitsSold, unitsPriced, revenue, revenueCarry',
  values: ({ day, productID, unitsSold, unitsPriced, revenue }) => [
    day,
    productID,
    unitsSold,
    unitsPriced,
    ...columnsOf(revenue),
  ],
  onDuplicate: `ON CONFLICT DO UPDATE SET
       unitsSold = unitsSold + excluded.unitsSold,
       unitsPriced = unitsPriced + excluded.unitsPriced,
       revenue = CASE WHEN ${IS_PLAIN}
         THEN ${SUM_IN_PLACE}
         ELSE (${CUT_SUM}) & ${CARRY_UNIT - 1n}
       END,
       revenueCarry = revenueCarry + excluded.revenueCarry + CASE WHEN ${IS_PLAIN}
         THEN 0
         ELSE (revenue >> ${CARRY_BITS}) + ((${CUT_SUM}) >> ${CARRY_BITS})
       END`,
};
