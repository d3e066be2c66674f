import { type PlaceLimits, Places } from '../../front/places';

/**
 * An upload slower than this gives its place to another one that waits. At this speed a large file would take hours. The
 * slowest mobile network is ten times as fast.
 */
const LEAST_BYTES_PER_S = 1_000;

/**
 * Speed is measured over this time only, so neither dripping bytes nor a quick beginning keeps a place. A phone that
 * changes networks is back within a few seconds. Its place is only taken if another upload waits.
 */
const WINDOW_MS = 2_000;

/** The length of the steps into which that window is divided. */
const STEP_MS = WINDOW_MS / 8;

/** Measures how fast bytes arrive, over the last seconds. */
export class Inflow {
  readonly #begunMs: number;
  /** The total at each step: the last one before the window, and those within it. */
  readonly #steps: { readonly atMs: number; bytes: number }[];
  #bytes = 0;

  constructor(nowMs: number) {
    this.#begunMs = nowMs;
    this.#steps = [{ atMs: nowMs, bytes: 0 }];
  }

  add(bytes: number, nowMs: number): void {
    this.#bytes += bytes;
    const last = this.#steps.at(-1);
    if (last && nowMs - last.atMs < STEP_MS) last.bytes = this.#bytes;
    else this.#steps.push({ atMs: nowMs, bytes: this.#bytes });
    this.#forget(nowMs);
  }

  /** Whether too little arrived in the window that ends at `nowMs`. */
  isSlow(nowMs: number): boolean {
    if (nowMs - this.#begunMs < WINDOW_MS) return false;
    this.#forget(nowMs);
    const before = this.#steps[0]?.bytes ?? 0;
    return (this.#bytes - before) * 1_000 < WINDOW_MS * LEAST_BYTES_PER_S;
  }

  #forget(nowMs: number): void {
    while ((this.#steps[1]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs - WINDOW_MS) {
      this.#steps.shift();
    }
  }
}

/** A file that is being uploaded. */
export class PlacedUpload {
  readonly #inflow = new Inflow(performance.now());
  readonly #isHeldUp: () => boolean;
  #isComplete = false;

  /**
   * @param client who sends it
   * @param isHeldUp whether the service itself is not reading more of it at present
   * @param evict ends it, because it is too slow and another upload needs its place
   */
  constructor(
    readonly client: string,
    isHeldUp: () => boolean,
    readonly evict: () => void,
  ) {
    this.#isHeldUp = isHeldUp;
  }

  /** Call it with the size of each chunk that arrives. */
  received(bytes: number): void {
    this.#inflow.add(bytes, performance.now());
  }

  /** Call it once the whole file has arrived. From then on, the sender cannot make it faster. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Whether it holds its place without making use of it. */
  get isStalled(): boolean {
    return !this.#isComplete && !this.#isHeldUp() && this.#inflow.isSlow(performance.now());
  }
}

/**
 * Limits how many files are uploaded at a time, in all and from one address. A stalled upload makes room for another one:
 * of its own address if that has used up its share, else of any address.
 */
export class UploadPlaces {
  readonly #places: Places;
  readonly #taken = new Set<PlacedUpload>();

  constructor(limits: PlaceLimits) {
    this.#places = new Places(limits);
  }

  /** @returns whether there is a place for it */
  take(upload: PlacedUpload): boolean {
    const { client } = upload;
    const places = this.#places;
    if (places.isShareTaken(client)) this.#evict((other) => other.client === client);
    if (places.isFull()) this.#evict(() => true);
    if (places.isShareTaken(client) || places.isFull()) return false;
    places.take(client);
    this.#taken.add(upload);
    return true;
  }

  leave(upload: PlacedUpload): void {
    if (this.#taken.delete(upload)) this.#places.giveBack(upload.client);
  }

  #evict(isMeant: (upload: PlacedUpload) => boolean): void {
    const stalled = [...this.#taken].find((upload) => upload.isStalled && isMeant(upload));
    if (!stalled) return;
    this.leave(stalled);
    stalled.evict();
  }
}
