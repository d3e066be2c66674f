import { isSameRecord, type LedgerRecord } from './record';

/** How a reading of the ledger fits onto what is known of it. */
export type Fit =
  /** It goes on from what was known, and is now known too. */
  | 'current'
  /** The last known record is no longer there: this is another ledger, such as a restored backup. */
  | 'rewound'
  /** There was more to read than one reading takes. */
  | 'far-behind';

/** What is in stock: the fold of the ledger, exact as of its last record. */
export class Stock {
  readonly #latest = new Map<number, LedgerRecord>();
  #productIDs: number[] | undefined;
  #last: LedgerRecord | null = null;

  /** @param latest the latest record of each product, in any order; none for an empty ledger */
  constructor(latest: readonly LedgerRecord[] = []) {
    for (const record of latest) {
      this.#latest.set(record.productID, record);
      if (record.record > (this.#last?.record ?? 0)) this.#last = record;
    }
  }

  /** The record that this is exact as of; null where the ledger is empty. */
  get last(): LedgerRecord | null {
    return this.#last;
  }

  /** The latest record of a product, or undefined where it has none. */
  get(productID: number): LedgerRecord | undefined {
    return this.#latest.get(productID);
  }

  /** The latest record of each product, by productID. */
  all(): LedgerRecord[] {
    this.#productIDs ??= [...this.#latest.keys()].sort((a, b) => a - b);
    return this.#productIDs.map((productID) => this.#latest.get(productID) as LedgerRecord);
  }

  /** Takes up records in the ledger's order; those already known are passed over. */
  fold(records: readonly LedgerRecord[]): void {
    for (const record of records) {
      if (record.record <= (this.#last?.record ?? 0)) continue;
      if (!this.#latest.has(record.productID)) this.#productIDs = undefined;
      this.#latest.set(record.productID, record);
      this.#last = record;
    }
  }

  /**
   * Takes up a reading of the ledger, if it fits.
   *
   * @param from the last record known when the reading began
   * @param records what was read: from that record on, it included, in order
   * @param limit how many records one reading takes at most
   */
  follow(from: LedgerRecord | null, records: readonly LedgerRecord[], limit: number): Fit {
    const [first] = records;
    if (from && !(first && isSameRecord(first, from))) return 'rewound';
    if (records.length >= limit) return 'far-behind';
    this.fold(records);
    return 'current';
  }
}
