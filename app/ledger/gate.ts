/** Too many wait already, so this work is refused. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';

  constructor() {
    super('too many wait already');
  }
}

/** Limits how much work runs at once, and how much waits. What waits is run in order. */
export class Gate {
  readonly #atOnce: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(atOnce: number, waitingMax: number) {
    this.#atOnce = atOnce;
    this.#waitingMax = waitingMax;
  }

  /**
   * Runs work, after waiting for its turn if necessary.
   *
   * @param isContinued whether it continues work that was let through before: that is never refused
   * @throws Overloaded if too many wait, and what the work throws
   */
  async pass<T>(work: () => Promise<T>, isContinued = false): Promise<T> {
    if (this.#underWay < this.#atOnce) this.#underWay += 1;
    else if (this.#waiting.length >= this.#waitingMax && !isContinued) throw new Overloaded();
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The next one takes this place.
      if (next) next();
      else this.#underWay -= 1;
    }
  }
}
