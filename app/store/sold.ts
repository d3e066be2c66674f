import type { Sold } from '../ledger/sales';
import type { Dialect } from './dialect';

/** What was sold, as statements select it. It is text because sums may be beyond 2^53. */
export interface SoldRow {
  readonly unitsSold: string;
  readonly unitsPriced: string;
  readonly revenue: string;
}

export function toSold({ revenue }: Dialect, row: SoldRow): Sold {
  return {
    unitsSold: Number(row.unitsSold),
    unitsPriced: Number(row.unitsPriced),
    revenue: revenue.read(row.revenue),
  };
}
