import type { LedgerRecord } from '../ledger/record';
import type { Stock } from '../ledger/stock';

/** Products whose lines are kept together: so few are soon made anew, and so many are soon put together. */
const BLOCK = 256;

/**
 * The body of `GET /inventory`, kept as bytes: it is made anew when there is a new record, and then only
 * the blocks that have a product with one.
 */
export class StockBody {
  #last: LedgerRecord | null | undefined;
  #records: readonly LedgerRecord[] = [];
  #blocks: Buffer[] = [];
  #bytes = Buffer.from('[]');

  /** JSON: what is in stock, by productID. */
  of(stock: Stock): Buffer {
    // A ledger that was loaded anew has other objects for the same records.
    if (stock.last !== this.#last) {
      this.#take(stock.all());
      this.#last = stock.last;
    }
    return this.#bytes;
  }

  #take(records: readonly LedgerRecord[]): void {
    const known = records.length === this.#records.length ? this.#records : [];
    const blocks: Buffer[] = [];
    for (let begin = 0; begin < records.length; begin += BLOCK) {
      const end = Math.min(begin + BLOCK, records.length);
      const kept = isSame(records, known, begin, end) ? this.#blocks[blocks.length] : undefined;
      blocks.push(kept ?? block(records.slice(begin, end), begin > 0));
    }
    this.#records = records;
    this.#blocks = blocks;
    this.#bytes = Buffer.concat([Buffer.from('['), ...blocks, Buffer.from(']')]);
  }
}

function isSame(
  records: readonly LedgerRecord[],
  known: readonly LedgerRecord[],
  begin: number,
  end: number,
): boolean {
  for (let index = begin; index < end; index += 1) {
    if (records[index] !== known[index]) return false;
  }
  return true;
}

/** The lines of some products. */
function block(records: readonly LedgerRecord[], isContinued: boolean): Buffer {
  return Buffer.from(`${isContinued ? ',' : ''}${records.map(stockLineJson).join(',')}`);
}

/** What is in stock of a product, which is numbers and needs no escapes. */
export function stockLineJson({ productID, availableQuantity }: LedgerRecord): string {
  return `{"productID":${productID},"availableQuantity":${availableQuantity}}`;
}
