/**
 * Money is kept as a whole number of ten-thousandths of the currency unit: 45000 for 4.50. Binary fractions cannot hold
 * most prices exactly, and some prices have more than two decimals.
 */
export const MONEY_DECIMALS = 4;

/** How many of these there are in one currency unit. */
export const MONEY_SCALE = 10 ** MONEY_DECIMALS;

/** The highest price of one unit, in ten-thousandths: 999999999.9999, what the column DECIMAL(13, 4) holds. */
export const PRICE_MAX = 9_999_999_999_999;

/** The highest amount of one sale, in ten-thousandths. Up to this, a number is exact. */
export const SALE_TOTAL_MAX = Number.MAX_SAFE_INTEGER;
