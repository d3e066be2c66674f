import type { Settled } from './outbox-state';

/** Those who wait for what becomes of a change, for as long as they look. By the key of the change. */
export class Waiters {
  readonly #byKey = new Map<string, Set<(settled: Settled) => void>>();

  /** Whether somebody in this page sent the change, even if nobody looks any more. */
  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** @returns what becomes of the change; never settles once nobody looks */
  wait(key: string, looking: AbortSignal): Promise<Settled> {
    return new Promise((resolve) => {
      // Registered after it left, a waiter would hide a refusal from the tray.
      if (looking.aborted) return;
      const waiters = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, waiters);
      const stop = () => waiters.delete(waiter);
      const waiter = (settled: Settled) => {
        looking.removeEventListener('abort', stop);
        resolve(settled);
      };
      waiters.add(waiter);
      looking.addEventListener('abort', stop, { once: true });
    });
  }

  /** Removes and returns all who wait for a change. */
  take(key: string): readonly ((settled: Settled) => void)[] {
    const waiters = [...(this.#byKey.get(key) ?? [])];
    this.#byKey.delete(key);
    return waiters;
  }
}
