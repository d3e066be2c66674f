import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 10;

/** So long that no busy machine needs it: it ends a wait that is in vain, and says nothing of speed. */
const TIMEOUT_MS = 60_000;

/**
 * Asks again and again until a condition holds.
 *
 * @param what the condition in words, for the error
 * @returns what the condition returned
 * @throws Error where it does not hold in time
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = TIMEOUT_MS,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const held = await condition();
    if (held) return held;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}
