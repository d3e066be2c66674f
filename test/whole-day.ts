import { setTimeout as pause } from 'node:timers/promises';

const DAY_MS = 86_400_000;

/** No test takes longer than this. */
const NEEDED_MS = 60_000;

/**
 * Makes each test of a file begin and end on the same UTC day, so that its "today" does not change. In the last minute of
 * a day, the test waits for the next day.
 */
export function onOneDay(): void {
  beforeEach(async () => {
    const leftMs = DAY_MS - (Date.now() % DAY_MS);
    if (leftMs < NEEDED_MS) await pause(leftMs);
  }, 2 * NEEDED_MS);
}
