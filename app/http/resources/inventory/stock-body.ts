import { PartCache } from '../../../ledger/part-cache';
import { Reader } from '../../../ledger/reader';
import type { LedgerRecord } from '../../../ledger/record';
import type { Stock } from '../../../ledger/stock';
import { JsonBody } from '../../answers/json-body';

/** What is in stock as a body, and the record as of which it is exact. */
export interface StockJson {
  readonly body: JsonBody;
  readonly last: LedgerRecord | null;
}

/** What is in stock of some products as JSON, with a comma before each line; empty if there is nothing to say. */
export type LinesOf = (stock: Stock, productIDs: readonly number[]) => string;

/** The body of `GET /inventory`, kept as bytes. A new record rebuilds only the part that has its product. */
export class StockBody {
  readonly #linesOf: LinesOf;
  #stock: Stock | undefined;
  #parts = new PartCache<Buffer>();
  #latest: StockJson | undefined;
  #reader: Reader<StockJson> | undefined;

  constructor(linesOf: LinesOf = stockLines) {
    this.#linesOf = linesOf;
  }

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
      ({ numbers }) => Buffer.from(this.#linesOf(stock, numbers)),
      () => stock.last,
      () => stock.isWhole,
    );
    const json = { body: JsonBody.list('[', made, ']'), last: at };
    if (stock === this.#stock) this.#latest = json;
    return json;
  }
}

function stockLines(stock: Stock, productIDs: readonly number[]): string {
  return `,${stock.of(productIDs).map(stockLineJson).join(',')}`;
}

/** The stock of a product as JSON. Numbers need no escapes. */
export function stockLineJson({ productID, availableQuantity }: LedgerRecord): string {
  return `{"productID":${productID},"availableQuantity":${availableQuantity}}`;
}
