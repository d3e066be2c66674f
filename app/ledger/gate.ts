/** So many wait already that another one is turned away. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';

  constructor() {
    super('too many wait already');
  }
}

/** Lets so much work be under way at a time, and so much wait for its turn, in order. */
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
   * Does the work in its turn.
   *
   * @param isBegun whether it is a further part of what was let through before: that is never turned away
   * @throws Overloaded where too many wait, and whatever the work throws
   */
  async pass<T>(work: () => Promise<T>, isBegun = false): Promise<T> {
    if (this.#underWay < this.#atOnce) this.#underWay += 1;
    else if (this.#waiting.length >= this.#waitingMax && !isBegun) throw new Overloaded();
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // Who comes next takes this one's place.
      if (next) next();
      else this.#underWay -= 1;
    }
  }
}
