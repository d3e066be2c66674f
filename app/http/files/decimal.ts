/** Money is kept as ten-thousandths of the currency unit. */
const DIGITS = 4;

/** 45000n as `4.5`. Exact at any size; a JSON number would round. */
export function decimal(tenThousandths: bigint): string {
  const sign = tenThousandths < 0n ? '-' : '';
  const digits = String(tenThousandths)
    .replace('-', '')
    .padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}
