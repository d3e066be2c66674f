/** Ten-thousandths of a currency unit in one unit: the scale of the column `DECIMAL(13, 4)`. */
const SCALE = 10_000;

/** `12.5000` as 125000. Exact: the column's values have at most 13 digits. */
export function priceFromDecimal(decimal: string): number {
  return Math.round(Number(decimal) * SCALE);
}

/** 125000 as `12.5000`. Exact, as above. */
export function priceToDecimal(price: number): string {
  return (price / SCALE).toFixed(4);
}
