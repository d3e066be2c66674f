import type { Clock } from '../../app/monitor/clock';

/** A clock that goes as time does, from a moment of the test's own, and can be moved on. */
export class TestClock implements Clock {
  #aheadMs: number;
  /** Of those who wait: looks whether their time is over. */
  readonly #checks = new Set<() => void>();

  constructor(start: Date) {
    this.#aheadMs = start.getTime() - Date.now();
  }

  readonly now = (): Date => new Date(Date.now() + this.#aheadMs);

  /** Moves on to a later time, and ends every wait until an earlier one. */
  moveTo(later: Date): void {
    this.#aheadMs = later.getTime() - Date.now();
    for (const check of [...this.#checks]) check();
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    const end = this.now().getTime() + ms;
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const check = () => {
        clearTimeout(timer);
        const leftMs = end - this.now().getTime();
        if (leftMs > 0 && !signal.aborted) {
          timer = setTimeout(check, leftMs);
          return;
        }
        this.#checks.delete(check);
        signal.removeEventListener('abort', check);
        resolve();
      };
      this.#checks.add(check);
      signal.addEventListener('abort', check);
      check();
    });
  }
}
