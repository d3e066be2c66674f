import { Stock } from './stock';
import type { RecordSource } from './store';

/**
 * How many records one catch-up reads at most. Beyond it, loading the latest record of each
 * product is cheaper for a shop's number of products, and bounds what a reading holds in memory.
 */
export const CATCH_UP_LIMIT = 10_000;

/** The stock as this process knows it, brought forward by reading only what is new. */
export class StockMemory {
  #stock: Stock | undefined;
  readonly #onRewound: (lastKnownRecord: number) => void;

  /** @param onRewound called when the ledger is no longer the one that was known, before it is loaded again */
  constructor(onRewound: (lastKnownRecord: number) => void) {
    this.#onRewound = onRewound;
  }

  /** The stock, exact as of a moment after the call. @throws StoreUnavailable */
  async advance(source: RecordSource): Promise<Stock> {
    const known = this.#stock;
    if (!known) return this.#load(source);
    const from = known.last;
    const records = await source.recordsFrom(from?.record ?? 1, CATCH_UP_LIMIT);
    const fit = known.follow(from, records, CATCH_UP_LIMIT);
    if (fit === 'current') return known;
    if (fit === 'rewound') this.#onRewound(from?.record ?? 0);
    if (this.#stock === known) this.#stock = undefined;
    return this.#load(source);
  }

  async #load(source: RecordSource): Promise<Stock> {
    const loaded = new Stock(await source.load());
    // Reader and writer may load at the same time; the one that saw more is kept.
    if ((this.#stock?.last?.record ?? -1) < (loaded.last?.record ?? 0)) this.#stock = loaded;
    return loaded;
  }
}
