import { type Fold, type FoldKind, fit } from './fold';
import { onceAround, othersFirst, Slices } from './slice';

/**
 * The most entries that one catch-up reads. For more than these, loading the latest entry about each product is faster,
 * given the number of products that a shop has.
 */
const CATCH_UP_LIMIT = 10_000;

/** How many of them are read at a time: this many are read and folded within a few milliseconds. */
export const CATCH_UP_PAGE = 1_000;

/** How many are folded before the clock is checked. Revisions take ten times as long as records. */
const STEP = 100;

/** An append-only table, as it is read. Only committed entries are read. */
export interface Journal<E> {
  /** The latest entry about each product, all as of one moment, part by part and in any order. @throws StoreUnavailable */
  load(): AsyncIterable<readonly E[]>;
  /** The entries numbered `position` and up, in order, `limit` at most. @throws StoreUnavailable */
  from(position: number, limit: number): Promise<E[]>;
}

/** One catch-up, or one load, for those who measure it. */
export interface CatchUp {
  /** How many entries were new. */
  readonly records: number;
  /** How long it took. What it read is exact as of a moment since it began. */
  readonly seconds: number;
}

/** A fold that this process keeps, and brings up to date by reading only new entries. */
export class Memory<E, F extends Fold<E>> {
  #known: F | undefined;
  /** Runs while much that was committed is folded. */
  #taking: Promise<void> | undefined;
  readonly #kind: FoldKind<E, F>;
  readonly #onRewound: (lastKnown: number) => void;
  readonly #onCatchUp: (catchUp: CatchUp) => void;

  /**
   * @param onRewound called when the table turns out to be another ledger's, before it is loaded again
   * @param onCatchUp called after each catch-up and each load; must not throw
   */
  constructor(
    kind: FoldKind<E, F>,
    onRewound: (lastKnown: number) => void,
    onCatchUp: (catchUp: CatchUp) => void = () => {},
  ) {
    this.#kind = kind;
    this.#onRewound = onRewound;
    this.#onCatchUp = onCatchUp;
  }

  /** The number of the last known entry; 0 for none. */
  get lastKnown(): number {
    return this.#position(this.#known?.last ?? null);
  }

  /** The fold, exact as of some moment before the call; undefined if nothing is known yet. */
  get known(): F | undefined {
    return this.#known;
  }

  /** The fold, exact as of a moment after the call. @throws StoreUnavailable */
  async advance(journal: Journal<E>): Promise<F> {
    const begun = performance.now();
    if (this.#taking) await this.#taking;
    const known = this.#known;
    if (!known) return this.#load(journal, begun);
    const before = known.last;
    for (let read = 0; read < CATCH_UP_LIMIT; read += CATCH_UP_PAGE) {
      if (this.#taking) await this.#taking;
      const from = known.last;
      const entries = await journal.from(this.#position(from) || 1, CATCH_UP_PAGE);
      // What is being added now may be newer than what was read.
      if (this.#taking) await this.#taking;
      const fits = fit(from, entries, CATCH_UP_PAGE, this.#kind.isSame);
      if (fits === 'rewound') {
        this.#onRewound(this.#position(from));
        break;
      }
      known.fold(entries);
      if (fits === 'current') {
        this.#report(begun, before, known.last);
        return known;
      }
      await othersFirst();
    }
    if (this.#known === known) this.#known = undefined;
    return this.#load(journal, begun);
  }

  /**
   * Folds entries that were just committed into what `advance` returned, while nobody else could commit. Many entries are
   * folded in slices. Readers wait until all are folded, so nobody sees only a part of them or reads them again.
   */
  async take(known: F, entries: readonly E[]): Promise<void> {
    if (entries.length <= CATCH_UP_PAGE) {
      known.fold(entries);
      return;
    }
    known.isWhole = false;
    this.#taking = foldInSlices(known, entries);
    try {
      await this.#taking;
    } finally {
      this.#taking = undefined;
      known.isWhole = true;
    }
  }

  async #load(journal: Journal<E>, begun: number): Promise<F> {
    const loaded = this.#kind.empty();
    for await (const part of journal.load()) {
      loaded.load(part);
      await othersFirst();
    }
    this.#report(begun, this.#known?.last ?? null, loaded.last);
    // Reader and writer may load at the same time. The fold that has more is kept, and both go on with it: what the writer adds must
    // not be missing in what is known.
    const known = this.#known;
    if (known && this.#position(known.last) >= this.#position(loaded.last)) return known;
    this.#known = loaded;
    return loaded;
  }

  /** @param begun when the catch-up began, by `performance.now()` */
  #report(begun: number, before: E | null, after: E | null): void {
    const records = Math.max(0, this.#position(after) - this.#position(before));
    this.#onCatchUp({ records, seconds: (performance.now() - begun) / 1_000 });
  }

  #position(entry: E | null): number {
    return entry === null ? 0 : this.#kind.position(entry);
  }
}

async function foldInSlices<E>(known: Fold<E>, entries: readonly E[]): Promise<void> {
  const slices = new Slices(onceAround);
  for (let done = 0; done < entries.length; done += STEP) {
    if (slices.isOver) await slices.next();
    known.fold(entries.slice(done, done + STEP));
  }
}
