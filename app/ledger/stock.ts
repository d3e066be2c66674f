import type { Fold, FoldKind } from './fold';
import { FIRST_LOCATION } from './locations/location';
import { NumberOrder } from './number-order';
import { isSameRecord, type LedgerRecord } from './record';

/** What is in stock: the latest record of each product, exact as of the last record. The fold of all records. */
export class Stock implements Fold<LedgerRecord> {
  isWhole = true;
  readonly #latest = new Map<number, LedgerRecord>();
  /** The latest record of each product at each location, only for products that have records at other locations than the first. */
  readonly #cells = new Map<number, Map<number, LedgerRecord>>();
  readonly #order = new NumberOrder();
  readonly #below: Stock | undefined;
  #largestProductID = 0;
  /** Products that this layer has and that are not below it. */
  #added = 0;
  #last: LedgerRecord | null;
  #lastOfDocument = 0;
  #lastCancellation = 0;

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

  /** The last record taken up that belongs to a document; 0 for none. */
  get lastOfDocument(): number {
    return this.#lastOfDocument;
  }

  /** The last cancellation since this was loaded; 0 for none. It changed the sales of a day that may be over. */
  get lastCancellation(): number {
    return this.#lastCancellation;
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

  /** The latest record of a product at a location; undefined if it has none there. */
  latestAt(productID: number, locationID: number): LedgerRecord | undefined {
    const cells = this.#cells.get(productID);
    const own = cells ? cells.get(locationID) : this.#latest.get(productID);
    return own?.locationID === locationID ? own : this.#below?.latestAt(productID, locationID);
  }

  /** The locations where a product has a record, in order. */
  locationsOf(productID: number): number[] {
    const cells = this.#cells.get(productID);
    const only = this.#latest.get(productID);
    const own = cells ? [...cells.keys()] : only ? [only.locationID] : [];
    const found = new Set([...own, ...(this.#below?.locationsOf(productID) ?? [])]);
    return [...found].sort((a, b) => a - b);
  }

  /** The products that have a record at another location than the first. */
  productsElsewhere(): Set<number> {
    return new Set([...this.#cells.keys(), ...(this.#below?.productsElsewhere() ?? [])]);
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
      if (record.reason === 'cancellation') this.#lastCancellation = record.record;
      this.#last = record;
    }
  }

  #set(record: LedgerRecord): void {
    const { productID } = record;
    if (productID > this.#largestProductID) this.#largestProductID = productID;
    if (record.document !== null && record.record > this.#lastOfDocument) {
      this.#lastOfDocument = record.record;
    }
    this.#setCell(record);
    // What is loaded is in no order: the latest record of a product may come before that of one of its other cells.
    if ((this.#latest.get(productID)?.record ?? 0) > record.record) return;
    if (!this.#below) this.#order.change(productID);
    else if (!this.get(productID)) this.#added += 1;
    this.#latest.set(productID, record);
  }

  #setCell(record: LedgerRecord): void {
    const { productID, locationID } = record;
    let cells = this.#cells.get(productID);
    if (!cells) {
      if (locationID === FIRST_LOCATION && !this.#below?.hasCells(productID)) return;
      cells = new Map();
      // Until now the product had records at one location only.
      const before = this.#latest.get(productID);
      if (before) cells.set(before.locationID, before);
      this.#cells.set(productID, cells);
    }
    cells.set(locationID, record);
  }

  /** Whether any product has a record at another location than the first. */
  get isElsewhere(): boolean {
    return this.#cells.size > 0 || (this.#below?.isElsewhere ?? false);
  }

  /** Whether a product has a record at another location than the first. */
  hasCells(productID: number): boolean {
    return this.#cells.has(productID) || (this.#below?.hasCells(productID) ?? false);
  }
}

/** How records are folded into stock. */
export const STOCK: FoldKind<LedgerRecord, Stock> = {
  position: ({ record }) => record,
  isSame: isSameRecord,
  empty: () => new Stock(),
};
