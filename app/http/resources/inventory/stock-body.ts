import { PartCache } from '../../../ledger/part-cache';
import { Reader } from '../../../ledger/reader';
import type { LedgerRecord } from '../../../ledger/record';
import type { Stock } from '../../../ledger/stock';
import { JsonBody } from '../../answers/json-body';

/** The body of `GET /inventory`, and the record as of which it is exact. */
export interface StockJson {
  readonly body: JsonBody;
  readonly last: LedgerRecord | null;
}

/**
 * The body of `GET /inventory`, kept as bytes. A new record rebuilds only the part that has its product.
 */
export class StockBody {
  #stock: Stock | undefined;
  #parts = new PartCache<Buffer>();
  #latest: StockJson | undefined;
  #reader: Reader<StockJson> | undefined;

  /** The stock as JSON, by productID, as of the call or a moment later. */
  of(stock: Stock): StockJson | Promise<StockJson> {
    // After the ledger was loaded again, the same records are other objects.
    if (stock !== this.#stock || !this.#reader) {
      this.#stock = stock;
      this.#parts = new PartCache();
      this.#latest = undefined;
      this.#reader = new Reader(() => this.#make(stock));
    }
    return this.#latest?.last === stock.last && this.#latest
      ? this.#latest
      : this.#reader.current();
  }

  async #make(stock: Stock): Promise<StockJson> {
    const { made, at } = await this.#parts.all(
      stock.order,
      ({ numbers }) => Buffer.from(`,${stock.of(numbers).map(stockLineJson).join(',')}`),
      () => stock.last,
      () => stock.isWhole,
    );
    const json = { body: JsonBody.list('[', made, ']'), last: at };
    if (stock === this.#stock) this.#latest = json;
    return json;
  }
}

/** The stock of a product as JSON. Numbers need no escapes. */
export function stockLineJson({ productID, availableQuantity }: LedgerRecord): string {
  return `{"productID":${productID},"availableQuantity":${availableQuantity}}`;
}
