/**
 * What this process knows of the turns that were taken. The number in `ledger_head` is a fencing token:
 * a packet that was lost on its way, and arrives after somebody else's turn, is refused by it.
 */
export class Turns {
  #last: number | undefined;
  #uncontended = false;

  /** The next turn's number, if this process took the last two: another's would be likely to come between. */
  get next(): number | undefined {
    return this.#uncontended && this.#last !== undefined ? this.#last + 1 : undefined;
  }

  /** This process holds a turn. */
  taken(number: number): void {
    this.#uncontended = this.#last !== undefined && number === this.#last + 1;
  }

  /** A turn of this process's is over, and counts. */
  committed(number: number): void {
    this.#last = number;
  }

  /** A turn was not what it was thought to be, or nobody knows yet what becomes of it. */
  missed(): void {
    this.#uncontended = false;
  }
}
