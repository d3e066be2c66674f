import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/** No test of speed: it only ends what will never hold, and a busy machine needs its time. */
const TIMEOUT_MS = 60_000;

/** Tries assertions again and again until they hold. @throws their last failure where they do not in time */
export async function eventually<T>(
  assertions: () => T | Promise<T>,
  timeoutMs = TIMEOUT_MS,
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
