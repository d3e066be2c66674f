import type { LedgerRecord } from '../ledger/record';
import type { Stock } from '../ledger/stock';

/**
 * The body of `GET /inventory`, kept as bytes: it is made anew when there is a new record, and then only
 * the lines of products that have one.
 */
export class StockBody {
  #last: LedgerRecord | null | undefined;
  #records: readonly LedgerRecord[] = [];
  #lines: string[] = [];
  #bytes = Buffer.from('[]');

  /** JSON: what is in stock, by productID. */
  of(stock: Stock): Buffer {
    // A ledger that was loaded anew has other objects for the same records.
    if (stock.last !== this.#last) {
      const records = stock.all();
      const isSameList = records.length === this.#records.length;
      this.#lines = records.map((record, index) =>
        isSameList && record === this.#records[index]
          ? (this.#lines[index] as string)
          : line(record),
      );
      this.#records = records;
      this.#bytes = Buffer.from(`[${this.#lines.join(',')}]`);
      this.#last = stock.last;
    }
    return this.#bytes;
  }
}

function line({ productID, availableQuantity }: LedgerRecord): string {
  return JSON.stringify({ productID, availableQuantity });
}
