/**
 * Money is kept as a whole number of ten-thousandths of the currency unit: 45000 for 4.50. Binary fractions cannot hold
 * most prices exactly, and some prices have more than two decimals.
 */
export const MONEY_DECIMALS = 4;

/** How many of these there are in one currency unit. */
export const MONEY_SCALE = 10 ** MONEY_DECIMALS;

/** The highest price of one unit, in ten-thousandths: 999999999.9999, what the column DECIMAL(13, 4) holds. */
export const PRICE_MAX = 9_999_999_999_999;

/** The highest price in units of the currency, as people write it. */
export const HIGHEST_PRICE = PRICE_MAX / MONEY_SCALE;

/** The highest amount of one sale, in ten-thousandths. Up to this, a number is exact. */
export const SALE_TOTAL_MAX = Number.MAX_SAFE_INTEGER;

/** Ten-thousandths of `12.5`, or of the `12.5000` of a column DECIMAL(…, 4): 125000n. Exact at any size. */
export function tenThousandths(decimal: string): bigint {
  return BigInt(digitsOf(decimal));
}

/** The same of a price, which has few enough digits for an exact number. */
export function priceOf(decimal: string): number {
  return Number(digitsOf(decimal));
}

/** 125000 as `12.5000`, with all decimals. Exact at any size; a JSON number would round. */
export function fullDecimal(amount: number | bigint): string {
  const sign = amount < 0 ? '-' : '';
  const digits = String(amount)
    .replace('-', '')
    .padStart(MONEY_DECIMALS + 1, '0');
  return `${sign}${digits.slice(0, -MONEY_DECIMALS)}.${digits.slice(-MONEY_DECIMALS)}`;
}

/** 125000 as `12.5`, without zeros at the end. Exact at any size. */
export function shortDecimal(amount: number | bigint): string {
  return fullDecimal(amount).replace(/\.?0+$/, '');
}

function digitsOf(decimal: string): string {
  const [units = '', fraction = ''] = decimal.split('.');
  return units + fraction.slice(0, MONEY_DECIMALS).padEnd(MONEY_DECIMALS, '0');
}
