import type { DocumentEntry } from './document';

/**
 * The open holds in the order in which they end. A list of 100,000 is kept in order within microseconds, because most holds are made for
 * the same time, and so belong near its end.
 */
export class HoldEnds {
  readonly #holds: DocumentEntry[] = [];

  /** When the next hold ends, in milliseconds since 1970; Infinity if none is open. */
  get next(): number {
    const [first] = this.#holds;
    return first ? endOf(first) : Number.POSITIVE_INFINITY;
  }

  /** The holds that have ended by a moment. */
  until(now: Date): DocumentEntry[] {
    if (now.getTime() < this.next) return [];
    const after = this.#holds.findIndex((hold) => endOf(hold) > now.getTime());
    return after === -1 ? [...this.#holds] : this.#holds.slice(0, after);
  }

  add(hold: DocumentEntry): void {
    this.#holds.splice(this.#placeOf(hold), 0, hold);
  }

  /** Adds holds in any order. */
  addAll(holds: readonly DocumentEntry[]): void {
    for (const hold of holds) this.#holds.push(hold);
    this.#holds.sort(byEnd);
  }

  /** @param hold one that was added */
  remove(hold: DocumentEntry): void {
    const place = this.#placeOf(hold);
    if (this.#holds[place] === hold) this.#holds.splice(place, 1);
  }

  /** How many holds come before this one. */
  #placeOf(hold: DocumentEntry): number {
    let [low, high] = [0, this.#holds.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (byEnd(this.#holds[middle] as DocumentEntry, hold) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function byEnd(a: DocumentEntry, b: DocumentEntry): number {
  return endOf(a) - endOf(b) || a.documentID - b.documentID;
}

function endOf({ expiresAt }: DocumentEntry): number {
  return (expiresAt as Date).getTime();
}
