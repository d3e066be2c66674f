/**
 * How long work on many things may hold the event loop at a time, in milliseconds. Several such pieces, and what else
 * was due, come to well below the 50 ms after which somebody would notice.
 */
const SLICE_MS = 8;

/** Who waits for others to have their turn, in order. */
const waiting: (() => void)[] = [];

/**
 * Lets everything else that is due have its turn. Of all who wait here one goes on at a time, and then all else has its
 * turn again: so that many long pieces of work hold nobody up for longer than one does.
 */
export function othersFirst(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  // It stays in the queue until it has gone on, so that who comes meanwhile does not begin a second row of turns.
  waiting[0]?.();
  waiting.shift();
  if (waiting.length > 0) setImmediate(next);
}

/**
 * Lets everything else that is due have its turn once, without waiting for others who do long work: for one who holds
 * the ledger's turn, on which all who write wait.
 */
export function onceAround(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Work that may pause after each of its steps, which are short. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does the work without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Items in one step: they take a few milliseconds at most. */
const STEP_ITEMS = 100;

/** Does work on each of many items, in steps. */
export function* inSteps<T, R>(items: readonly T[], work: (item: T) => R): Steps<R[]> {
  const results: R[] = [];
  for (const item of items) {
    results.push(work(item));
    if (results.length % STEP_ITEMS === 0) yield;
  }
  return results;
}

/** Work that is done in slices. */
export class Slices {
  readonly #pause: () => Promise<void>;
  #begun = performance.now();

  constructor(pause = othersFirst) {
    this.#pause = pause;
  }

  /** Whether this slice has lasted long enough: then `next` is to be awaited. */
  get isOver(): boolean {
    return performance.now() - this.#begun >= SLICE_MS;
  }

  async next(): Promise<void> {
    await this.#pause();
    this.#begun = performance.now();
  }

  /** Does work slice by slice. */
  async through<T>(steps: Steps<T>): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (this.isOver) await this.next();
    }
  }
}
