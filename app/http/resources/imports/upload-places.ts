import { type PlaceLimits, Places } from '../../front/places';

/**
 * Who sends less than this gives its place to another that waits: a large file would take hours so. The slowest mobile
 * network is tenfold.
 */
const LEAST_BYTES_PER_S = 1_000;

/**
 * It is measured over the last seconds, so that bytes that drip count for as little as none at all, and so does a quick
 * beginning. A phone that changes networks is back within a few; its place is only taken where another waits.
 */
const WINDOW_MS = 2_000;

/** Parts of that window which are counted by themselves. */
const STEP_MS = WINDOW_MS / 8;

/** How fast something comes, by what has come in the last seconds. */
export class Inflow {
  readonly #begunMs: number;
  /** How much had come in all by each step: the last one before the window, and those within it. */
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

  /** Whether too little has come in the whole window before a moment. */
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

/** A file that comes. */
export class PlacedUpload {
  readonly #inflow = new Inflow(performance.now());
  readonly #isHeldUp: () => boolean;
  #isComplete = false;

  /**
   * @param client whose it is
   * @param isHeldUp whether the service itself does not take more of it at present
   * @param evict ends it, since it has sent too little and another needs its place
   */
  constructor(
    readonly client: string,
    isHeldUp: () => boolean,
    readonly evict: () => void,
  ) {
    this.#isHeldUp = isHeldUp;
  }

  /** To be called with each part of it that comes. */
  received(bytes: number): void {
    this.#inflow.add(bytes, performance.now());
  }

  /** To be called once all of it has come: what it has its place for now is not the sender's to hurry. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Whether it has its place for nothing. */
  get isStalled(): boolean {
    return !this.#isComplete && !this.#isHeldUp() && this.#inflow.isSlow(performance.now());
  }
}

/**
 * Lets a few files be under way at a time, of which one address may have a share. Who sends too little makes room for
 * others: for those of its own address where that has had its share, else for all.
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
