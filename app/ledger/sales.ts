import type { LedgerRecord } from './record';

/** The units of one product sold on one day. */
export interface DailySales {
  /** The UTC day, as `2026-11-23`. */
  readonly day: string;
  readonly productID: number;
  readonly unitsSold: number;
}

/** Which sales to rank. */
export interface TopSellersQuery {
  /** How many products at most. */
  readonly limit: number;
  /** The first and the last UTC day that count, as `2026-11-23`; undefined for no bound. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Products by units sold, most first, then by productID. */
export interface TopSellers {
  /** The ledger's last record when this was true; 0 for an empty ledger. */
  readonly asOf: number;
  readonly sellers: readonly { readonly productID: number; readonly unitsSold: number }[];
}

/** Sums sales by UTC day and product, each pair once, in a fixed order so that no two writers lock crosswise. */
export function dailySales(records: readonly LedgerRecord[]): DailySales[] {
  const sums = new Map<string, DailySales>();
  for (const { reason, quantity, productID, recordedAt } of records) {
    if (reason !== 'sale' || quantity === null) continue;
    const day = recordedAt.toISOString().slice(0, 10);
    const key = `${day} ${productID}`;
    const unitsSold = (sums.get(key)?.unitsSold ?? 0) + quantity;
    sums.set(key, { day, productID, unitsSold });
  }
  return [...sums.values()].sort((a, b) => a.day.localeCompare(b.day) || a.productID - b.productID);
}
