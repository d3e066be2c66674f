import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/** Tries assertions again and again until they hold. @throws their last failure where they do not in time */
export async function eventually<T>(
  assertions: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertions();
    } catch (failure) {
      if (performance.now() > deadline) throw failure;
      await pause(POLL_MS);
    }
  }
}
