import type { LedgerStore } from './store';
import { StoreUnavailable } from './store-failure';
import { withTimeout } from './with-timeout';

/** How long the result of a check is reused: probes and scrapes that come more often share it. */
const FOUND_HOLDS_MS = 1_000;

/** How long a check may take: probes give up after a few seconds. */
const LOOK_TIMEOUT_MS = 2_000;

/**
 * Whether a change could be recorded now. The last change shows it, or a check of the store. Reading does not show it,
 * since a store that cannot be written can often still be read.
 */
export class Readiness {
  readonly #store: Pick<LedgerStore, 'checkWritable'>;
  /** Why the last change or check failed; undefined if it succeeded. */
  #failure: unknown;
  /** When that was, by `performance.now()`. */
  #foundAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** How many changes have succeeded or failed. If one does so during a check, the result of the check is out of date. */
  #changes = 0;

  constructor(store: Pick<LedgerStore, 'checkWritable'>) {
    this.#store = store;
  }

  /** A change was recorded. */
  onWritten(): void {
    this.#changes += 1;
    this.#found(undefined);
  }

  /** A change could not be recorded because of the store. The next check asks the store again. */
  onFailed(failure: unknown): void {
    this.#changes += 1;
    this.#failure = failure;
    this.#foundAt = Number.NEGATIVE_INFINITY;
  }

  /** @throws StoreUnavailable or StoreUnusable, if no change could be recorded */
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
    const changes = this.#changes;
    let failure: unknown;
    try {
      const look = this.#store.checkWritable(this.#failure !== undefined);
      await withTimeout(look, LOOK_TIMEOUT_MS, late);
    } catch (error) {
      failure = error;
    }
    if (this.#changes === changes) this.#found(failure);
  }

  #found(failure: unknown): void {
    this.#failure = failure;
    this.#foundAt = performance.now();
  }
}

function late(): never {
  throw new StoreUnavailable('the store did not say in time whether it can be written');
}
