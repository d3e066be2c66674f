import type { Catalogue } from '../../../ledger/catalogue';
import type { Ledger } from '../../../ledger/ledger';
import { markOf } from '../../../ledger/mark';
import { NumberOrder, type Part } from '../../../ledger/number-order';
import { PartCache } from '../../../ledger/part-cache';
import type { ProductRevision } from '../../../ledger/product';
import { Reader } from '../../../ledger/reader';
import type { RecentSales } from '../../../ledger/recent-sales';
import type { LedgerRecord } from '../../../ledger/record';
import type { Stock } from '../../../ledger/stock';
import { recordPosition, revisionPosition } from '../../answers/entity-tags';
import { money } from '../../answers/entry-json';
import { JsonBody } from '../../answers/json-body';

/** What an overview is made of. */
export interface Facts {
  readonly sales: RecentSales;
  readonly stock: Stock;
  readonly catalogue: Catalogue;
}

/** An overview, and what it is exact as of. */
export interface OverviewJson {
  readonly body: JsonBody;
  readonly position: string;
}

/** What the facts are as of, in one word: where it is the same, so is the overview. */
export function positionOf({ sales, stock, catalogue }: Facts): string {
  const { asOf, today } = sales;
  return [recordPosition(stock.last), asOf, revisionPosition(catalogue.last), today].join('/');
}

/** @returns what `GET /overview` is made of, as it is now: sales first, so that the stock is as of the same record or a later one */
export async function factsOf(ledger: Ledger): Promise<Facts> {
  const sales = await ledger.sales.recent();
  const [stock, catalogue] = await Promise.all([ledger.stock(), ledger.catalogue()]);
  return { sales, stock, catalogue };
}

/** The body of `GET /overview`, kept as bytes: only those parts are made anew that have a product of which something has changed. */
export class OverviewBody {
  readonly #ledger: Ledger;
  readonly #reader = new Reader(() => this.#read());
  #making: Making | undefined;
  #latest: OverviewJson | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** JSON that is exact as of a moment after the call, given what was so when it was called. @throws StoreUnavailable */
  async at(position: string): Promise<OverviewJson> {
    return this.#latest?.position === position ? this.#latest : this.#reader.current();
  }

  async #read(): Promise<OverviewJson> {
    const facts = await factsOf(this.#ledger);
    if (!this.#making?.isOf(facts)) this.#making = new Making(facts);
    this.#latest = await this.#making.made(facts.sales);
    return this.#latest;
  }
}

/** What is known of the overviews of one stock and one catalogue, of which both grow. */
class Making {
  readonly #stock: Stock;
  readonly #catalogue: Catalogue;
  /** All products that have a record or are in the catalogue. */
  readonly #order = new NumberOrder();
  /** What of stock and catalogue is in that order as it is: their parts, by version. */
  readonly #seen = new WeakMap<Part, number>();
  #parts = new PartCache<Buffer>();
  #sales: RecentSales;

  constructor({ sales, stock, catalogue }: Facts) {
    this.#sales = sales;
    this.#stock = stock;
    this.#catalogue = catalogue;
  }

  isOf({ stock, catalogue }: Facts): boolean {
    return stock === this.#stock && catalogue === this.#catalogue;
  }

  async made(sales: RecentSales): Promise<OverviewJson> {
    const changed = sales.changedSince(this.#sales);
    if (!changed) this.#parts = new PartCache();
    this.#sales = sales;
    // Gone through once, however many turns that takes: what is left is on the next.
    const sold = (changed ?? [])[Symbol.iterator]();
    const facts = { sales, stock: this.#stock, catalogue: this.#catalogue };
    const { made, at } = await this.#parts.all(
      this.#order,
      ({ numbers }) => Buffer.from(lines(numbers, facts)),
      () => ({ position: positionOf(facts), head: head(facts) }),
      (isOver) => this.#isTakenUp(sold, isOver),
    );
    return { body: JsonBody.list(at.head, made, ']}'), position: at.position };
  }

  /** Marks in the order what has changed. @returns false where that is not done yet */
  #isTakenUp(sold: Iterator<number | undefined>, isOver: () => boolean): boolean {
    for (let next = sold.next(); !next.done; next = sold.next()) {
      if (next.value !== undefined) this.#order.change(next.value);
      if (isOver()) return false;
    }
    if (!this.#stock.isWhole || !this.#catalogue.isWhole) return false;
    for (const { parts } of [this.#stock.order, this.#catalogue.order]) {
      for (const part of parts) {
        if (this.#seen.get(part) === part.version) continue;
        for (const productID of part.numbers) this.#order.change(productID);
        this.#seen.set(part, part.version);
        if (isOver()) return false;
      }
    }
    return true;
  }
}

function head(facts: Facts): string {
  const { sales, stock, catalogue } = facts;
  const known = {
    asOf: stock.last?.record ?? 0,
    salesAsOf: sales.asOf,
    revision: catalogue.last?.revision ?? 0,
    today: sales.today,
  };
  return `${JSON.stringify(known).slice(0, -1)},"products":[`;
}

/** A part's products, each with a comma before it. One that has no record and is retired is not shown. */
function lines(productIDs: readonly number[], { sales, stock, catalogue }: Facts): string {
  return productIDs
    .map((productID) => {
      const record = stock.get(productID);
      const product = catalogue.get(productID);
      if (!record && (!product || product.retired)) return '';
      return `,${JSON.stringify({
        productID,
        ...catalogueJson(product),
        ...stockJson(record),
        unitsSold: sales.of(productID),
      })}`;
    })
    .join('');
}

function catalogueJson(product: ProductRevision | undefined) {
  const price = product?.price ?? null;
  return {
    name: product?.name ?? null,
    sku: product?.sku ?? null,
    barcode: product?.barcode ?? null,
    price: price === null ? null : money(price),
    reorderPoint: product?.reorderPoint ?? null,
    reorderQuantity: product?.reorderQuantity ?? null,
    ...(product?.retired && { retired: true }),
  };
}

function stockJson(record: LedgerRecord | undefined) {
  return {
    availableQuantity: record?.availableQuantity ?? null,
    record: record?.record ?? null,
    mark: record ? markOf(record, record.recordedAt) : null,
    recordedAt: record?.recordedAt ?? null,
  };
}
