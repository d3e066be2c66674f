/** The columns of money are `DECIMAL(…, 4)`; the ledger counts in ten-thousandths. */
const DIGITS = 4;

/** `12.5000` as 125000n. Exact, whatever its size. */
export function fromDecimal(decimal: string): bigint {
  const [units = '0', fraction = ''] = decimal.split('.');
  return BigInt(units + fraction.padEnd(DIGITS, '0').slice(0, DIGITS));
}

/** 125000 as `12.5000`. Exact, whatever its size. */
export function toDecimal(tenThousandths: number | bigint): string {
  const sign = tenThousandths < 0 ? '-' : '';
  const digits = String(tenThousandths)
    .replace('-', '')
    .padStart(DIGITS + 1, '0');
  return `${sign}${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
}

/** A price, whose column has few enough digits for a number to be exact. */
export function safePrice(decimal: string): number {
  return Number(decimal.slice(0, -DIGITS - 1) + decimal.slice(-DIGITS));
}
