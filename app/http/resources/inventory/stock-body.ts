import { PartCache } from '../../../ledger/part-cache';
import { Reader } from '../../../ledger/reader';
import type { LedgerRecord } from '../../../ledger/record';
import type { Stock } from '../../../ledger/stock';
import { JsonBody } from '../../answers/json-body';

/** The body of `GET /inventory`, and the record that it is exact as of. */
export interface StockJson {
  readonly body: JsonBody;
  readonly last: LedgerRecord | null;
}

/**
 * The body of `GET /inventory`, kept as bytes: it is made anew when there is a new record, and then only
 * the parts that have a product with one.
 */
export class StockBody {
  #stock: Stock | undefined;
  #parts = new PartCache<Buffer>();
  #latest: StockJson | undefined;
  #reader: Reader<StockJson> | undefined;

  /** JSON: what is in stock, by productID, as of now or a moment from now. */
  of(stock: Stock): StockJson | Promise<StockJson> {
    // A ledger that was loaded anew has other objects for the same records.
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

/** What is in stock of a product, which is numbers and needs no escapes. */
export function stockLineJson({ productID, availableQuantity }: LedgerRecord): string {
  return `{"productID":${productID},"availableQuantity":${availableQuantity}}`;
}
