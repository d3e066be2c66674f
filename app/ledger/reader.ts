/**
 * Shares catch-ups between readers. At most one runs at a time. A read that arrives while one runs waits for the next,
 * because the running one may have read too early to see what was acknowledged since.
 */
export class Reader<T> {
  readonly #catchUp: () => Promise<T>;
  #running: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(catchUp: () => Promise<T>) {
    this.#catchUp = catchUp;
  }

  /** The result of a catch-up, including every write that was acknowledged before the call. */
  current(): Promise<T> {
    if (this.#next) return this.#next;
    if (!this.#running) return this.#start();
    const start = () => this.#start();
    this.#next = this.#running.then(start, start);
    return this.#next;
  }

  #start(): Promise<T> {
    this.#next = undefined;
    const run = this.#catchUp();
    this.#running = run;
    const done = () => {
      if (this.#running === run) this.#running = undefined;
    };
    run.then(done, done);
    return run;
  }
}
