import type { Fold, FoldKind } from './fold';
import { NumberOrder } from './number-order';
import { isSameRecord, type LedgerRecord } from './record';

/** What is in stock: the latest record of each product, exact as of the last record. The fold of all records. */
export class Stock implements Fold<LedgerRecord> {
  isWhole = true;
  readonly #latest = new Map<number, LedgerRecord>();
  readonly #order = new NumberOrder();
  readonly #below: Stock | undefined;
  #largestProductID = 0;
  /** Products that this layer has and that are not below it. */
  #added = 0;
  #last: LedgerRecord | null;

  /** @param latest the latest record of each product, in any order; none for an empty ledger */
  constructor(latest: readonly LedgerRecord[] = [], below?: Stock) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.load(latest);
  }

  /** A layer on top of this stock. Records added to it do not change what is below. */
  layer(): Stock {
    return new Stock([], this);
  }

  /** The record that this is exact as of; null if the ledger is empty. */
  get last(): LedgerRecord | null {
    return this.#last;
  }

  /** The largest productID that has a record; 0 for an empty ledger. */
  get largestProductID(): number {
    return Math.max(this.#largestProductID, this.#below?.largestProductID ?? 0);
  }

  /** How many products have a record. */
  get size(): number {
    return this.#below ? this.#below.size + this.#added : this.#latest.size;
  }

  /** The latest record of a product; undefined if it has none. */
  get(productID: number): LedgerRecord | undefined {
    return this.#latest.get(productID) ?? this.#below?.get(productID);
  }

  /** The products in order, and which parts have changed. A layer does not have this. */
  get order(): NumberOrder {
    return this.#order;
  }

  /** The latest record of each of these products. Each must have one. */
  of(productIDs: readonly number[]): LedgerRecord[] {
    return productIDs.map((productID) => this.#latest.get(productID) as LedgerRecord);
  }

  load(latest: readonly LedgerRecord[]): void {
    for (const record of latest) {
      this.#set(record);
      if (record.record > (this.#last?.record ?? 0)) this.#last = record;
    }
  }

  /** Takes up records in the ledger's order, and skips those that it has. */
  fold(records: readonly LedgerRecord[]): void {
    for (const record of records) {
      if (record.record <= (this.#last?.record ?? 0)) continue;
      this.#set(record);
      this.#last = record;
    }
  }

  #set(record: LedgerRecord): void {
    const { productID } = record;
    if (productID > this.#largestProductID) this.#largestProductID = productID;
    if (!this.#below) this.#order.change(productID);
    else if (!this.get(productID)) this.#added += 1;
    this.#latest.set(productID, record);
  }
}

/** How records are folded into stock. */
export const STOCK: FoldKind<LedgerRecord, Stock> = {
  position: ({ record }) => record,
  isSame: isSameRecord,
  empty: () => new Stock(),
};
