import { MONEY_DECIMALS } from '../../ledger/money';

/** The `12.5000` of a column `DECIMAL(…, 4)` as 125000n. Exact at any size. */
export function fromDecimal(decimal: string): bigint {
  const [units = '0', fraction = ''] = decimal.split('.');
  return BigInt(units + fraction.padEnd(MONEY_DECIMALS, '0').slice(0, MONEY_DECIMALS));
}

/** 125000 as `12.5000`. Exact at any size. */
export function toDecimal(tenThousandths: number | bigint): string {
  const sign = tenThousandths < 0 ? '-' : '';
  const digits = String(tenThousandths)
    .replace('-', '')
    .padStart(MONEY_DECIMALS + 1, '0');
  return `${sign}${digits.slice(0, -MONEY_DECIMALS)}.${digits.slice(-MONEY_DECIMALS)}`;
}

/** A price. Its column has few enough digits for an exact number. */
export function safePrice(decimal: string): number {
  return Number(decimal.slice(0, -MONEY_DECIMALS - 1) + decimal.slice(-MONEY_DECIMALS));
}
