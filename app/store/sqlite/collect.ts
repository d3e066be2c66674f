import { setImmediate as othersDone } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage now. Only then does the driver finalize its statements, and SQLite keeps a closed connection open until
 * all its statements are finalized. It blocks the process for longer the larger the heap is.
 */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  setFlagsFromString('--no-expose-gc');
  // The driver finalizes collected statements in a callback.
  await othersDone();
  await othersDone();
}
