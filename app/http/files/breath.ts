import { setImmediate } from 'node:timers/promises';

/** How long one file may be worked on before everybody else has a turn: several files are read at a time. */
const SPELL_MS = 5;

/** Long work on a file pauses by this, so that it never holds the event loop for long. */
export class Breath {
  #begun = performance.now();

  /** Whether it is time for a pause. */
  get isDue(): boolean {
    return performance.now() - this.#begun > SPELL_MS;
  }

  /** Lets everybody else have a turn. */
  async take(): Promise<void> {
    await setImmediate();
    this.#begun = performance.now();
  }
}
