import { setTimeout as pause } from 'node:timers/promises';

const DAY_MS = 86_400_000;

/** A test takes less than this. */
const NEEDED_MS = 60_000;

/**
 * Has each test of a file begin and end on one UTC day, so that what it calls today stays that: in the last minute of a
 * day it waits for the next one.
 */
export function onOneDay(): void {
  beforeEach(async () => {
    const leftMs = DAY_MS - (Date.now() % DAY_MS);
    if (leftMs < NEEDED_MS) await pause(leftMs);
  }, 2 * NEEDED_MS);
}
