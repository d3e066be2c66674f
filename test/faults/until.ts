import { setTimeout as pause } from 'node:timers/promises';

/** Pauses between two looks, from the first on: most conditions hold soon, and each look costs the machine something. */
const PAUSES_MS = [5, 10, 20, 40];
const LATER_MS = 50;

/** Longer than any busy machine needs. It only ends a wait that is in vain, and does not measure speed. */
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
  for (let look = 0; ; look += 1) {
    const held = await condition();
    if (held) return held;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(PAUSES_MS[look] ?? LATER_MS);
  }
}
