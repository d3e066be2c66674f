/**
 * How long work on many things may hold the event loop at a time, in milliseconds. Several such pieces, with other work in
 * between, stay well below the 50 ms after which people notice a delay.
 */
const SLICE_MS = 8;

/** Long work that waits for other work, in order. */
const waiting: (() => void)[] = [];

/**
 * Lets all other due work run first. Of all that wait here, one goes on at a time, and then other work runs again. So many
 * long pieces of work delay others no more than one does.
 */
export function othersFirst(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  // It stays in the queue until it has gone on, so that new ones do not start a second chain of calls.
  waiting[0]?.();
  waiting.shift();
  if (waiting.length > 0) setImmediate(next);
}

/**
 * Lets all other due work run once, without waiting for other long work. For the writer: while it has the turn, all others
 * that write are waiting.
 */
export function onceAround(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Work that may pause after each of its short steps. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps without a pause. */
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

  /** Whether this slice has lasted long enough. If so, await `next`. */
  get isOver(): boolean {
    return performance.now() - this.#begun >= SLICE_MS;
  }

  /** Pauses, and begins the next slice. */
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
