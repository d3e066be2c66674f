import { StoreUnusable } from '../ledger/store-failure';

/**
 * Refuses a turn if `ledger_head` has lost its one row.
 *
 * @param rows how many rows a statement found there
 */
export function requireHead(rows: number): void {
  if (rows > 0) return;
  throw new StoreUnusable('no-head', 'ledger_head has no row: there is no turn to take');
}
