/**
 * What this process knows about past turns. The number in `ledger_head` is a fencing token: it refuses a packet that was
 * delayed, and arrives after somebody else's turn.
 */
export class Turns {
  #last: number | undefined;
  #uncontended = false;

  /** The next turn's number, if this process took the last two. Otherwise another process is likely to take it first. */
  get next(): number | undefined {
    return this.#uncontended && this.#last !== undefined ? this.#last + 1 : undefined;
  }

  /** This process has taken a turn. */
  taken(number: number): void {
    this.#uncontended = this.#last !== undefined && number === this.#last + 1;
  }

  /** A turn of this process was committed. */
  committed(number: number): void {
    this.#last = number;
  }

  /** A turn had another number than expected, or its outcome is unknown. */
  missed(): void {
    this.#uncontended = false;
  }
}
