import { inTime } from './in-time';
import type { LedgerStore } from './store';
import { StoreUnavailable } from './store-failure';

/** What a look found holds for so long: probes and scrapes that come more often share it. */
const FOUND_HOLDS_MS = 1_000;

/** How long a look may take: probes give up after a few seconds. */
const LOOK_TIMEOUT_MS = 2_000;

/**
 * Whether a change could be recorded now, as the last change, or a look at the store, has shown. A store that
 * fails to write may well be read, so reading alone does not tell.
 */
export class Readiness {
  readonly #store: Pick<LedgerStore, 'checkWritable'>;
  /** What the last change or look came to; undefined where it was well. */
  #failure: unknown;
  /** When that was, by `performance.now()`. */
  #foundAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** How often a change has told: what a look finds meanwhile is older. */
  #told = 0;

  constructor(store: Pick<LedgerStore, 'checkWritable'>) {
    this.#store = store;
  }

  /** A change was recorded. */
  onWritten(): void {
    this.#told += 1;
    this.#found(undefined);
  }

  /** A change could not be recorded, because of the store. The next check looks again. */
  onFailed(failure: unknown): void {
    this.#told += 1;
    this.#failure = failure;
    this.#foundAt = Number.NEGATIVE_INFINITY;
  }

  /** @throws StoreUnavailable or StoreUnusable, where no change could be recorded */
  async check(): Promise<void> {
    if (performance.now() - this.#foundAt > FOUND_HOLDS_MS) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #look(): Promise<void> {
    const told = this.#told;
    let failure: unknown;
    try {
      const look = this.#store.checkWritable(this.#failure !== undefined);
      await inTime(look, LOOK_TIMEOUT_MS, late);
    } catch (error) {
      failure = error;
    }
    if (this.#told === told) this.#found(failure);
  }

  #found(failure: unknown): void {
    this.#failure = failure;
    this.#foundAt = performance.now();
  }
}

function late(): never {
  throw new StoreUnavailable('the store did not say in time whether it can be written');
}
