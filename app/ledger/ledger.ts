import type { Command } from './command';
import type { Refusal } from './decide';
import { Reader } from './reader';
import type { LedgerRecord } from './record';
import { type RetryLimits, retrying } from './retry';
import type { TopSellers, TopSellersQuery } from './sales';
import type { Stock } from './stock';
import { StockMemory } from './stock-memory';
import type { LedgerStore } from './store';
import { Writer, type WriterLimits, type WriterSurroundings } from './writer';

/** The ledger's bounds. */
export interface LedgerLimits {
  readonly writer: WriterLimits;
  /** How long, and how often, a read is tried again while the store is unavailable. */
  readonly reads: RetryLimits;
}

/** What the ledger takes from the world outside. */
export interface LedgerSurroundings extends WriterSurroundings {
  /** Told when the store turns out to hold another ledger than before, such as a restored backup. */
  onRewound(lastKnownRecord: number): void;
}

/** The inventory ledger of one process: stock is changed by commands, and read as it is now. */
export class Ledger {
  readonly #store: LedgerStore;
  readonly #limits: LedgerLimits;
  readonly #writer: Writer;
  readonly #reader: Reader;

  constructor(store: LedgerStore, surroundings: LedgerSurroundings, limits: LedgerLimits) {
    const memory = new StockMemory((record) => surroundings.onRewound(record));
    this.#store = store;
    this.#limits = limits;
    this.#writer = new Writer(store, memory, surroundings, limits.writer);
    this.#reader = new Reader(() => retrying(limits.reads, () => memory.advance(store)));
  }

  /**
   * Changes stock.
   *
   * @returns the record, once it is durable, or the refusal
   * @throws WriteFailure
   */
  submit(command: Command): Promise<LedgerRecord | Refusal> {
    return this.#writer.submit(command);
  }

  /** What is in stock now, with every change in it that was acknowledged before the call. @throws StoreUnavailable */
  stock(): Promise<Stock> {
    return this.#reader.stock();
  }

  /** The products that sold most. @throws StoreUnavailable */
  topSellers(query: TopSellersQuery): Promise<TopSellers> {
    return retrying(this.#limits.reads, () => this.#store.topSellers(query));
  }

  /** Takes no more commands, and waits until those accepted have their outcome. The store stays open. */
  close(): Promise<void> {
    return this.#writer.close();
  }
}
