import type { LedgerRecord } from '../../app/ledger/record';
import type { Stock } from '../../app/ledger/stock';

/** The latest record of each product, by productID. */
export function allOf(stock: Stock): LedgerRecord[] {
  return stock.order.parts.flatMap(({ numbers }) => stock.of(numbers));
}
