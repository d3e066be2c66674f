import type { LedgerPlace } from '../stores';

/** A row of `inventory`, as an administrator sees it. */
export interface Row {
  readonly record: number;
  readonly productID: number;
  readonly availableQuantity: number;
  readonly reason: 'count' | 'sale';
  readonly quantity: number | null;
}

/** The ledger's rows from a record on, in order, past the service. */
export async function readRows(place: LedgerPlace, from = 1): Promise<Row[]> {
  const rows = await place.sql(
    `SELECT record, productID, availableQuantity, reason, quantity
     FROM inventory
     WHERE record >= ${from}
     ORDER BY record`,
  );
  return (rows as Row[]).map((row) => ({ ...row }));
}

/**
 * What is wrong with a whole ledger, one line each: record numbers that are not 1, 2, 3, …, and sales
 * that do not lower the record before them by their quantity.
 */
export function violations(rows: readonly Row[]): string[] {
  const available = new Map<number, number>();
  return rows.flatMap((row, index) => {
    const before = available.get(row.productID);
    available.set(row.productID, row.availableQuantity);
    const found: string[] = [];
    if (row.record !== index + 1) found.push(`${index + 1} is missing before ${row.record}`);
    if (row.reason === 'sale' && (before ?? 0) - (row.quantity ?? 0) !== row.availableQuantity) {
      found.push(`${before} - ${row.quantity} is not ${row.availableQuantity} in ${row.record}`);
    }
    return found;
  });
}

/** What `GET /inventory` is to answer: the fold of the ledger's rows. */
export function foldOf(rows: readonly Row[]) {
  const latest = new Map(rows.map((row) => [row.productID, row.availableQuantity]));
  return [...latest]
    .map(([productID, availableQuantity]) => ({ productID, availableQuantity }))
    .sort((a, b) => a.productID - b.productID);
}
