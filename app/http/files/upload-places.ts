/** An upload that has sent nothing for so long gives its place to one that sends. */
const IDLE_MS = 2_000;

/** An upload slower than this on the whole does so, too: it would take hours. The slowest mobile network is tenfold. */
const SLOW_BYTES_PER_MS = 1;

/** How long an upload may take to gain speed. */
const SLOW_START_MS = 5_000;

/** A file that comes. */
export class PlacedUpload {
  readonly #begunMs = performance.now();
  #lastMs = this.#begunMs;
  #bytes = 0;
  #isComplete = false;

  /** @param evict ends it, since it has sent too little and another needs its place */
  constructor(readonly evict: () => void) {}

  /** To be called with each part of it that comes. */
  received(bytes: number): void {
    this.#bytes += bytes;
    this.#lastMs = performance.now();
  }

  /** To be called once all of it has come: what it has its place for now is not the sender's to hurry. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Whether it has its place for nothing. */
  get isStalled(): boolean {
    if (this.#isComplete) return false;
    const now = performance.now();
    const lastedMs = now - this.#begunMs;
    const isSlow = lastedMs > SLOW_START_MS && this.#bytes < lastedMs * SLOW_BYTES_PER_MS;
    return isSlow || now - this.#lastMs > IDLE_MS;
  }
}

/** Lets a few files be under way at a time. Who stops sending makes room for others. */
export class UploadPlaces {
  readonly #max: number;
  readonly #taken = new Set<PlacedUpload>();

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns whether there is a place for it */
  take(upload: PlacedUpload): boolean {
    if (this.#taken.size >= this.#max) {
      const stalled = [...this.#taken].find(({ isStalled }) => isStalled);
      if (!stalled) return false;
      this.leave(stalled);
      stalled.evict();
    }
    this.#taken.add(upload);
    return true;
  }

  leave(upload: PlacedUpload): void {
    this.#taken.delete(upload);
  }
}
