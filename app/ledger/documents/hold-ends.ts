import type { DocumentEntry } from './document';

/** How many holds that were removed are kept, beyond as many as are open, before the order is built again. */
const REMOVED_MAX = 1_000;

/**
 * The open holds by when they end: a binary heap, since each turn asks for the first one. A hold that is removed stays in the heap until
 * it is the first, or too many are removed.
 */
export class HoldEnds {
  readonly #open = new Set<DocumentEntry>();
  /** The hold at a place ends before those at twice that place plus 1 and plus 2. */
  #heap: DocumentEntry[] = [];

  /** When the next hold ends, in milliseconds since 1970; Infinity if none is open. */
  get next(): number {
    const [first] = this.#heap;
    return first ? endOf(first) : Number.POSITIVE_INFINITY;
  }

  /** The holds that have ended by a moment, in the order in which they end. */
  until(now: Date): DocumentEntry[] {
    const due: DocumentEntry[] = [];
    const places = [0];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const hold = this.#heap[place];
      if (!hold || endOf(hold) > now.getTime()) continue;
      if (this.#open.has(hold)) due.push(hold);
      places.push(2 * place + 1, 2 * place + 2);
    }
    return due.sort(byEnd);
  }

  add(hold: DocumentEntry): void {
    this.#open.add(hold);
    let place = this.#heap.push(hold) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (byEnd(this.#at(above), hold) <= 0) break;
      this.#heap[place] = this.#at(above);
      place = above;
    }
    this.#heap[place] = hold;
  }

  /** @param hold one that was added */
  remove(hold: DocumentEntry): void {
    if (!this.#open.delete(hold)) return;
    while (this.#heap[0] && !this.#open.has(this.#heap[0])) this.#removeFirst();
    // A list in order is a heap.
    if (this.#heap.length > 2 * this.#open.size + REMOVED_MAX) {
      this.#heap = [...this.#open].sort(byEnd);
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop() as DocumentEntry;
    if (this.#heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= this.#heap.length) break;
      const isRightFirst =
        below + 1 < this.#heap.length && byEnd(this.#at(below + 1), this.#at(below)) < 0;
      if (isRightFirst) below += 1;
      if (byEnd(last, this.#at(below)) <= 0) break;
      this.#heap[place] = this.#at(below);
      place = below;
    }
    this.#heap[place] = last;
  }

  #at(place: number): DocumentEntry {
    return this.#heap[place] as DocumentEntry;
  }
}

function byEnd(a: DocumentEntry, b: DocumentEntry): number {
  return endOf(a) - endOf(b) || a.documentID - b.documentID;
}

function endOf({ expiresAt }: DocumentEntry): number {
  return (expiresAt as Date).getTime();
}
